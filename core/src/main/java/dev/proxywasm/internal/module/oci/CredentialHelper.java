package dev.proxywasm.internal.module.oci;

import dev.proxywasm.internal.module.oci.Json.JsonException;
import dev.proxywasm.internal.module.source.ModuleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Asks a program {@code docker-credential-<name>} for credentials, as Docker's client does: the registry on its standard input, JSON on its
 * standard output. It is searched on the {@code PATH} of this process, and ended if it takes too long.
 */
public final class CredentialHelper {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String PROGRAM = "docker-credential-";
    private static final int MAX_OUTPUT_BYTES = 64 * 1024;
    /** What programs give as the user's name when the password is an identity token. */
    private static final String TOKEN_USER = "<token>";

    private final Duration limit;
    private final UnaryOperator<String> locate;

    /** Programs on the {@code PATH}, which may take ten seconds. */
    public CredentialHelper() {
        this(Duration.ofSeconds(10), UnaryOperator.identity());
    }

    /**
     * With another limit, or other programs.
     *
     * @param locate from the name of a program to what is started
     */
    CredentialHelper(Duration limit, UnaryOperator<String> locate) {
        this.limit = limit;
        this.locate = locate;
    }

    /**
     * The credentials that the program knows for a registry; none if it knows none.
     *
     * @throws ModuleException if there is no such program, it fails, or takes too long; what it printed may be secret, and is not shown
     */
    Credentials ask(String name, String registry) throws ModuleException {
        if (!NAME.matcher(name).matches()) {
            throw new ModuleException("cannot be fetched: the Docker configuration names a credential helper that"
                    + " no program can be named after; expected letters, digits, '.', '_' and '-'");
        }
        String program = PROGRAM + name;
        Process process = start(program, registry);
        try {
            String output = await(process, program);
            return process.exitValue() == 0 ? credentials(output, program) : refused(output, program, registry);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process start(String program, String registry) throws ModuleException {
        try {
            Process process = new ProcessBuilder(locate.apply(program), "get")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var in = process.getOutputStream()) {
                in.write((registry + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException endedWithoutReading) {
                // Its exit code and output say why.
            }
            return process;
        } catch (IOException e) {
            throw new ModuleException(
                    "cannot be fetched: the credential helper " + program
                            + " cannot be started; put it on the PATH of this process, or name a pull secret with"
                            + " 'image-pull-secret'",
                    e);
        }
    }

    private String await(Process process, String program) throws ModuleException {
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process));
        try {
            String text = output.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return text;
            }
            throw new TimeoutException();
        } catch (TimeoutException e) {
            throw new ModuleException(
                    "cannot be fetched: the credential helper " + program + " did not end within " + limit.toMillis()
                            + " ms; try '" + program + " get' by hand",
                    e);
        } catch (ExecutionException e) {
            throw new ModuleException(
                    "cannot be fetched: the output of the credential helper " + program + " cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModuleException("was not fetched: the thread was interrupted", e);
        }
    }

    private static String read(Process process) {
        try (var out = process.getInputStream()) {
            return new String(out.readNBytes(MAX_OUTPUT_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Credentials credentials(String output, String program) throws ModuleException {
        try {
            JsonObject json = Json.object(output);
            String user = json.text("Username");
            String secret = json.text("Secret");
            return user.equals(TOKEN_USER)
                    ? new Credentials("", "", secret, "", program)
                    : new Credentials(user, secret, "", "", program);
        } catch (JsonException e) {
            throw new ModuleException(
                    "cannot be fetched: the credential helper " + program
                            + " answered something else than {\"Username\": ..., \"Secret\": ...}: " + e.getMessage(),
                    e);
        }
    }

    private static Credentials refused(String output, String program, String registry) throws ModuleException {
        if (output.contains("credentials not found")) {
            return Credentials.none(program);
        }
        throw new ModuleException("cannot be fetched: the credential helper " + program + " failed for " + registry
                + "; try 'echo " + registry + " | " + program + " get' by hand");
    }
}

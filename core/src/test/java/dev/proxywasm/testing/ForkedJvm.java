package dev.proxywasm.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a main class of the test class path in a JVM of its own: for what could take the JVM down. */
public final class ForkedJvm {

    private static final long TIMEOUT_SECONDS = 120;

    private final Class<?> main;
    private final List<String> jvmArguments = new ArrayList<>(List.of("--enable-native-access=ALL-UNNAMED"));

    private String classPath = System.getProperty("java.class.path");

    private ForkedJvm(Class<?> main) {
        this.main = main;
    }

    /** What became of a JVM: its exit code (134 or 139 after a crash on Linux), and all that it printed. */
    public record Outcome(int exitCode, String output) {}

    /** A JVM that will run this class. */
    public static ForkedJvm of(Class<?> main) {
        return new ForkedJvm(main);
    }

    /** A JVM that will run this class with the first compiler alone, for what is over before the second one has earned its time. */
    public static ForkedJvm shortLived(Class<?> main) {
        return of(main).with("-XX:TieredStopAtLevel=1");
    }

    /** Adds arguments for the JVM, such as {@code -Xss512k}. */
    public ForkedJvm with(String... arguments) {
        jvmArguments.addAll(List.of(arguments));
        return this;
    }

    /** Leaves out of the class path what lies on a path with that text in it. */
    public ForkedJvm without(String part) {
        classPath = Stream.of(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.contains(part))
                .collect(Collectors.joining(File.pathSeparator));
        return this;
    }

    /** Runs it to its end. */
    public Outcome run(String... arguments) {
        try {
            Path directory = Files.createTempDirectory("forked-jvm");
            try {
                return run(directory, arguments);
            } finally {
                deleteAll(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a JVM", e);
        }
    }

    /**
     * Starts it, for tests that end it themselves; its output can be read from the process.
     *
     * @param directory where it runs
     */
    public Process start(Path directory, String... arguments) throws IOException {
        return new ProcessBuilder(command(directory, arguments))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private Outcome run(Path directory, String... arguments) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command(directory, arguments))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("%s did not end within %d s; it printed:%n%s"
                    .formatted(main.getSimpleName(), TIMEOUT_SECONDS, text(output)));
        }
        return new Outcome(process.exitValue(), text(output));
    }

    private List<String> command(Path directory, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:ErrorFile=" + directory.resolve("crash.log"));
        command.add("-XX:-CreateCoredumpOnCrash");
        command.add("-D" + Wat.DIRECTORY_PROPERTY + "=" + Wat.DIRECTORY);
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static void deleteAll(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}

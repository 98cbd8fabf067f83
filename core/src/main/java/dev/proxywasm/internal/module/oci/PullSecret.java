package dev.proxywasm.internal.module.oci;

import dev.proxywasm.internal.module.source.ModuleException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** Where credentials for images come from. Read anew each time, since secrets are changed under running processes. */
@FunctionalInterface
public interface PullSecret {

    /**
     * A Docker configuration.
     *
     * @throws ModuleException if there is none where one was promised
     */
    Source read() throws ModuleException;

    /**
     * A Docker configuration that was read.
     *
     * @param content JSON
     * @param origin names it in messages
     */
    record Source(String content, String origin) {
        /** Without the secret. */
        @Override
        public String toString() {
            return origin;
        }
    }

    /** From a text in the configuration. */
    static PullSecret text(String name, String dockerConfig) {
        Source source = new Source(dockerConfig, "pull secret '" + name + "'");
        return () -> source;
    }

    /** From a file. */
    static PullSecret file(String name, Path file) {
        String origin = "pull secret '" + name + "' (" + file + ")";
        return () -> {
            try (InputStream in = Files.newInputStream(file)) {
                return new Source(text(in), origin);
            } catch (NoSuchFileException e) {
                throw new ModuleException(
                        "cannot be fetched: " + origin + " does not exist; correct 'pull-secrets'", e);
            } catch (IOException e) {
                throw new ModuleException("cannot be fetched: " + origin + " cannot be read: " + e.getMessage(), e);
            }
        };
    }

    /** What Docker's client of this user has, if anything: in the directory {@code DOCKER_CONFIG}, or else {@code ~/.docker}. */
    static PullSecret ofUser(Map<String, String> environment, String home) {
        String named = environment.getOrDefault("DOCKER_CONFIG", "");
        Path file = (named.isEmpty() ? Path.of(home, ".docker") : Path.of(named)).resolve("config.json");
        return () -> {
            try (InputStream in = Files.newInputStream(file)) {
                return new Source(text(in), file.toString());
            } catch (NoSuchFileException absent) {
                return new Source("{}", file.toString());
            } catch (IOException e) {
                throw new ModuleException("cannot be fetched: " + file + " cannot be read: " + e.getMessage(), e);
            }
        };
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readNBytes(DockerConfig.MAX_BYTES), StandardCharsets.UTF_8);
    }
}

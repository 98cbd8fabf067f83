package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.files.AtomicFile;
import dev.proxywasm.internal.files.PrivateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The directory in which the engine keeps compiled code between runs. */
final class CompileCache {

    private CompileCache() {}

    /** Makes the directory ready and gives the configuration file that the engine reads. */
    static Path prepare(Path directory) {
        Path root = openDirectory(directory);
        Path code = openDirectory(root.resolve("compiled"));
        Path configuration = root.resolve("wasmtime-cache.toml");
        try {
            AtomicFile.write(
                    configuration,
                    "[cache]\nenabled = true\ndirectory = %s\n"
                            .formatted(tomlString(code.toString()))
                            .getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new EngineException("cannot write %s: %s".formatted(configuration, e), e);
        }
        return configuration;
    }

    /** A private directory, which a code cache has to be. */
    static Path openDirectory(Path directory) {
        try {
            return PrivateDirectory.open(directory);
        } catch (IOException e) {
            throw new EngineException("cannot use cache directory %s: %s".formatted(directory, e.getMessage()), e);
        }
    }

    private static String tomlString(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}

package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory in which the engine keeps compiled code between runs. */
final class CompileCache {

    private CompileCache() {}

    /** Makes the directory ready and gives the configuration file that the engine reads. */
    static Path prepare(Path directory) {
        Path root = PrivateDirectory.open(directory);
        Path code = PrivateDirectory.open(root.resolve("compiled"));
        Path configuration = root.resolve("wasmtime-cache.toml");
        try {
            Files.writeString(
                    configuration, "[cache]\nenabled = true\ndirectory = %s\n".formatted(tomlString(code.toString())));
        } catch (IOException e) {
            throw new EngineException("cannot write %s: %s".formatted(configuration, e), e);
        }
        return configuration;
    }

    private static String tomlString(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}

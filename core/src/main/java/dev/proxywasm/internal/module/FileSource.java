package dev.proxywasm.internal.module;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A module in a file. */
record FileSource(Path file) implements ModuleSource {

    FileSource {
        file = file.toAbsolutePath().normalize();
    }

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public InputStream open() throws ModuleException, IOException {
        if (Files.isDirectory(file)) {
            throw new ModuleException("is a directory; name the .wasm or .wat file in it");
        }
        return Files.newInputStream(file);
    }
}

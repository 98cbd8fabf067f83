package dev.proxywasm.internal.module;

import dev.proxywasm.internal.module.source.ModuleException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file. */
record FilePlace(Path file) implements LocalPlace {

    FilePlace {
        file = file.toAbsolutePath().normalize();
    }

    @Override
    public String text() {
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

package dev.proxywasm.internal.files;

import dev.proxywasm.internal.files.PlaceException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file.
 *
 * @param file absolute
 */
public record FilePlace(Path file) implements LocalPlace {

    /** Makes the path absolute. */
    public FilePlace {
        file = file.toAbsolutePath().normalize();
    }

    @Override
    public String text() {
        return file.toString();
    }

    @Override
    public InputStream open() throws IOException {
        if (Files.isDirectory(file)) {
            throw new PlaceException(Problem.DIRECTORY, "is a directory", null);
        }
        return Files.newInputStream(file);
    }
}

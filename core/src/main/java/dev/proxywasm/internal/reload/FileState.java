package dev.proxywasm.internal.reload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What files and the entries of directories look like at one moment: modification time, size and identity. Links are followed, so that a
 * mounted ConfigMap, which is changed by moving a link, looks different afterwards.
 *
 * @param files what each looks like, by its path
 */
public record FileState(Map<Path, String> files) {

    private static final String MISSING = "missing";

    /** What they look like now. One that cannot be looked at looks like one that is missing. */
    public static FileState of(Collection<Path> paths) {
        Map<Path, String> files = new TreeMap<>();
        for (Path path : paths) {
            files.put(path, look(path));
            if (Files.isDirectory(path)) {
                addEntries(path, files);
            }
        }
        return new FileState(files);
    }

    private static void addEntries(Path directory, Map<Path, String> files) {
        try (Stream<Path> entries = Files.list(directory)) {
            entries.forEach(entry -> files.put(entry, look(entry)));
        } catch (IOException | UncheckedIOException unreadable) {
            files.put(directory, MISSING);
        }
    }

    private static String look(Path path) {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
        } catch (IOException unreadable) {
            return MISSING;
        }
    }
}

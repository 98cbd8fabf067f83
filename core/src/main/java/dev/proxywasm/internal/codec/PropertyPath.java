package dev.proxywasm.internal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * The path of a property: segments separated by a NUL byte. Segments may hold dots, as metadata keys do.
 *
 * @param segments at least one
 */
public record PropertyPath(List<String> segments) {

    /** Copies the list. */
    public PropertyPath {
        segments = List.copyOf(segments);
    }

    /** Reads a path; one NUL at the end, which the C++ SDK sends, is left out. An empty path has one empty segment. */
    public static PropertyPath parse(byte[] bytes) {
        int end = bytes.length > 0 && bytes[bytes.length - 1] == 0 ? bytes.length - 1 : bytes.length;
        return new PropertyPath(List.of(new String(bytes, 0, end, UTF_8).split("\0", -1)));
    }

    /** The first segment. */
    public String head() {
        return segments.get(0);
    }

    /** Whether there is a segment behind the first. */
    public boolean hasTail() {
        return segments.size() > 1;
    }

    /** The segments joined by dots, for messages. */
    @Override
    public String toString() {
        return String.join(".", segments);
    }
}

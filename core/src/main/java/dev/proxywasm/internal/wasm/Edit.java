package dev.proxywasm.internal.wasm;

import java.util.List;

/**
 * A replacement of some bytes of a module by others.
 *
 * @param from the offset of the first byte to replace
 * @param to the offset after the last one; {@code from} if bytes are only inserted
 * @param replacement what to write there
 */
record Edit(int from, int to, ByteWriter replacement) {

    /** The edits that add an item behind the others of a section: one for their number, one at their end. */
    static List<Edit> appending(byte[] module, Section section, ByteWriter item) {
        ByteCursor cursor = section.cursor(module);
        int count = cursor.count("items", 1);
        return List.of(
                new Edit(section.contentStart(), cursor.position(), new ByteWriter().u32(count + 1L)),
                new Edit(section.end(), section.end(), item));
    }

    /** Whether this edit concerns the contents of {@code section}, its end included. */
    boolean isIn(Section section) {
        return from >= section.contentStart() && to <= section.end();
    }
}

package dev.proxywasm.internal.wasm;

/**
 * A replacement of some bytes of a module by others.
 *
 * @param from the offset of the first byte to replace
 * @param to the offset after the last one; {@code from} if bytes are only inserted
 * @param replacement what to write there
 */
record Edit(int from, int to, ByteWriter replacement) {

    /** Whether this edit concerns the contents of {@code section}, its end included. */
    boolean isIn(Section section) {
        return from >= section.contentStart() && to <= section.end();
    }
}

package dev.proxywasm.internal.wasm;

/**
 * Where a section stands in a module; all offsets in bytes from the start of the module.
 *
 * @param id which section it is
 * @param start the offset of its id
 * @param contentStart the offset after its declared size
 * @param end the offset after its last byte
 */
record Section(SectionId id, int start, int contentStart, int end) {

    /** A cursor over the contents of this section. */
    ByteCursor cursor(byte[] module) {
        return new ByteCursor(module, contentStart, end, id.label());
    }
}

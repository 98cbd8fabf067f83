package dev.proxywasm.internal.wasm;

/**
 * Where the type of a memory or table is encoded in a module: the bytes to replace when its limits change.
 *
 * @param from the offset of the first byte, from the start of the module
 * @param to the offset after the last byte
 * @param type a {@link MemoryType} or {@link TableType}
 */
record TypeSite(int from, int to, ExternType type) {}

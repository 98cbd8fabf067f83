package dev.proxywasm.internal.wasm;

/**
 * The type of a linear memory.
 *
 * @param limits its size, in pages of {@value #PAGE_BYTES} bytes
 */
public record MemoryType(Limits limits) implements ExternType {

    /** The size of a page in bytes. */
    public static final int PAGE_BYTES = 65_536;

    /** The most pages a 32-bit memory can have: 4 GiB. */
    public static final int MAX_PAGES = 65_536;

    @Override
    public ExternKind kind() {
        return ExternKind.MEMORY;
    }
}

package dev.proxywasm.internal.wasm;

/** Bytes that are not a WebAssembly module, or one that uses what the engine does not support. */
public final class MalformedModuleException extends ModuleRejectedException {

    private static final long serialVersionUID = 1L;

    private final String section;
    private final int offset;

    /** Says what is wrong ({@code detail}) in which section and at which byte of the module. */
    MalformedModuleException(String section, int offset, String detail) {
        super("%s, at byte %d (0x%x) in the %s".formatted(detail, offset, offset, section));
        this.section = section;
        this.offset = offset;
    }

    /** The part of the module that is wrong, such as {@code import section} or {@code header}. */
    public String section() {
        return section;
    }

    /** Where the wrong part begins, in bytes from the start of the module. */
    public int offset() {
        return offset;
    }
}

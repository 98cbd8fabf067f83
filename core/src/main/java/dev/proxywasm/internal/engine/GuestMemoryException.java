package dev.proxywasm.internal.engine;

/** A guest named a range outside its memory. Expected and frequent, so it carries no stack trace. */
public final class GuestMemoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An access of {@code size} bytes at {@code ptr} in a memory of {@code byteSize} bytes. */
    public GuestMemoryException(int ptr, int size, long byteSize) {
        super(
                "range of %d bytes at %d lies outside a memory of %d bytes"
                        .formatted(Integer.toUnsignedLong(size), Integer.toUnsignedLong(ptr), byteSize),
                null,
                false,
                false);
    }
}

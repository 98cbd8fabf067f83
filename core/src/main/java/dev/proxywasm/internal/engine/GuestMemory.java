package dev.proxywasm.internal.engine;

/**
 * The linear memory of a guest.
 *
 * <p>Pointers and sizes are unsigned 32-bit numbers held in {@code int}. Every access is checked; the memory may grow during any guest
 * call, and the next access sees the growth. Numbers are little-endian.
 */
public interface GuestMemory {

    /** Present size in bytes. */
    long byteSize();

    /** Whether {@code [ptr, ptr + size)} lies inside; an empty range always does, wherever it points. */
    default boolean contains(int ptr, int size) {
        return size == 0 || Integer.toUnsignedLong(ptr) + Integer.toUnsignedLong(size) <= byteSize();
    }

    /**
     * Copies bytes out of the guest.
     *
     * @throws GuestMemoryException if the range lies outside
     */
    byte[] read(int ptr, int size);

    /**
     * Copies bytes into the guest.
     *
     * @throws GuestMemoryException if the range lies outside
     */
    void write(int ptr, byte[] source, int offset, int length);

    /**
     * Reads an i32.
     *
     * @throws GuestMemoryException if it lies outside
     */
    int readI32(int ptr);

    /**
     * Writes an i32.
     *
     * @throws GuestMemoryException if it lies outside
     */
    void writeI32(int ptr, int value);

    /**
     * Writes an i64.
     *
     * @throws GuestMemoryException if it lies outside
     */
    void writeI64(int ptr, long value);
}

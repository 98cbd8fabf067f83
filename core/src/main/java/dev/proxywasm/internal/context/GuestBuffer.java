package dev.proxywasm.internal.context;

/** A buffer as a guest sees it. Positions and sizes are in bytes. */
public interface GuestBuffer {

    /** How many bytes there are. */
    int size();

    /** A copy of {@code [start, start + length)}, which lies inside. */
    byte[] copy(int start, int length);

    /** Whether {@link #replace} may be used. */
    boolean isWritable();

    /**
     * Replaces {@code [start, start + length)}, which lies inside, by other bytes.
     *
     * @return false if the buffer would grow beyond its limit; it is then unchanged
     */
    boolean replace(int start, int length, byte[] bytes);

    /** A buffer that can only be read. */
    static GuestBuffer readOnly(byte[] bytes) {
        return new ReadOnlyBuffer(bytes);
    }
}

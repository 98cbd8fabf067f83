package dev.proxywasm.internal.stream;

import dev.proxywasm.internal.context.GuestBuffer;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Body bytes that a plugin looks at or holds. Grows as needed; how much may be held is decided by whoever appends. */
final class BodyBuffer implements GuestBuffer {

    private static final byte[] NOTHING = new byte[0];

    private final long maximum;
    private byte[] bytes = NOTHING;
    private int size;

    /** An empty buffer that a guest may make as large as {@code maximum} bytes. */
    BodyBuffer(long maximum) {
        this.maximum = Math.min(maximum, Integer.MAX_VALUE - 64);
    }

    /** Appends and consumes a chunk. */
    void append(ByteBuffer chunk) {
        int added = chunk.remaining();
        reserve(Math.addExact(size, added));
        chunk.get(bytes, size, added);
        size += added;
    }

    /** Hands over all bytes and is empty afterwards. */
    ByteBuffer take() {
        ByteBuffer taken = ByteBuffer.wrap(bytes, 0, size).slice();
        bytes = NOTHING;
        size = 0;
        return taken;
    }

    /** Drops all bytes from a position on. */
    void truncate(int newSize) {
        size = Math.min(size, newSize);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public byte[] copy(int start, int length) {
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public boolean replace(int start, int length, byte[] replacement) {
        long newSize = (long) size - length + replacement.length;
        if (newSize > maximum) {
            return false;
        }
        int tail = size - start - length;
        reserve((int) newSize);
        System.arraycopy(bytes, start + length, bytes, start + replacement.length, tail);
        System.arraycopy(replacement, 0, bytes, start, replacement.length);
        size = (int) newSize;
        return true;
    }

    private void reserve(int capacity) {
        if (capacity > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(capacity, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 64)));
        }
    }
}

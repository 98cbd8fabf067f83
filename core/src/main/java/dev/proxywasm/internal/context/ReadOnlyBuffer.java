package dev.proxywasm.internal.context;

import java.util.Arrays;

/** Bytes that do not change, such as a configuration. */
final class ReadOnlyBuffer implements GuestBuffer {

    private final byte[] bytes;

    /** Takes the bytes over. */
    ReadOnlyBuffer(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int size() {
        return bytes.length;
    }

    @Override
    public byte[] copy(int start, int length) {
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    @Override
    public boolean isWritable() {
        return false;
    }

    @Override
    public boolean replace(int start, int length, byte[] replacement) {
        throw new IllegalStateException("a read-only buffer was asked to change");
    }
}

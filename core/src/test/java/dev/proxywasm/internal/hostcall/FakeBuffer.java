package dev.proxywasm.internal.hostcall;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.proxywasm.internal.context.GuestBuffer;

/** A body in memory. */
final class FakeBuffer implements GuestBuffer {

    private final int limit;
    private final boolean writable;
    private String content;

    FakeBuffer(String content, int limit) {
        this(content, limit, true);
    }

    private FakeBuffer(String content, int limit, boolean writable) {
        this.content = content;
        this.limit = limit;
        this.writable = writable;
    }

    static FakeBuffer sentOn(String content) {
        return new FakeBuffer(content, Integer.MAX_VALUE, false);
    }

    String content() {
        return content;
    }

    @Override
    public int size() {
        return content.length();
    }

    @Override
    public byte[] copy(int start, int length) {
        return content.substring(start, start + length).getBytes(US_ASCII);
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public boolean replace(int start, int length, byte[] bytes) {
        String changed = content.substring(0, start) + new String(bytes, US_ASCII) + content.substring(start + length);
        if (changed.length() > limit) {
            return false;
        }
        content = changed;
        return true;
    }
}

package dev.proxywasm.internal.hostcall;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.proxywasm.internal.engine.GuestMemory;
import dev.proxywasm.internal.engine.GuestMemoryException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A guest's memory of one page, full of question marks so that stray writes show. */
final class FakeMemory implements GuestMemory {

    static final int SIZE = 64 * 1024;

    private final byte[] bytes = new byte[SIZE];
    private final ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

    FakeMemory() {
        Arrays.fill(bytes, (byte) '?');
    }

    @Override
    public long byteSize() {
        return SIZE;
    }

    @Override
    public byte[] read(int ptr, int size) {
        check(ptr, size);
        return size == 0 ? new byte[0] : Arrays.copyOfRange(bytes, ptr, ptr + size);
    }

    @Override
    public void write(int ptr, byte[] source, int offset, int length) {
        check(ptr, length);
        if (length > 0) {
            System.arraycopy(source, offset, bytes, ptr, length);
        }
    }

    @Override
    public int readI32(int ptr) {
        check(ptr, 4);
        return view.getInt(ptr);
    }

    @Override
    public void writeI32(int ptr, int value) {
        check(ptr, 4);
        view.putInt(ptr, value);
    }

    @Override
    public void writeI64(int ptr, long value) {
        check(ptr, 8);
        view.putLong(ptr, value);
    }

    long readI64(int ptr) {
        check(ptr, 8);
        return view.getLong(ptr);
    }

    String text(int ptr, int size) {
        return new String(read(ptr, size), ISO_8859_1);
    }

    byte[] snapshot() {
        return bytes.clone();
    }

    private void check(int ptr, int size) {
        if (!contains(ptr, size)) {
            throw new GuestMemoryException(ptr, size, SIZE);
        }
    }
}

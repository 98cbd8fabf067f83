package dev.proxywasm.internal.engine.jvm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmRuntimeException;

/**
 * Bytes in pages that are made when they are needed and never move, so that to grow needs no copy, and the loads and stores of translated
 * code, which are most of what it does: an access costs what its own checks by the JVM cost, and nothing else.
 *
 * <p>Addresses are never negative, but where an access is outside: no memory reaches to 2 GiB.
 */
abstract class PagedMemory implements Memory {

    private static final int PAGE_SHIFT = 16;
    private static final int IN_PAGE = PAGE_SIZE - 1;
    private static final int BYTE_MASK = 0xFF;

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[][] pages;
    private int present;

    /** A memory without a page, of at most that many. */
    PagedMemory(int maximum) {
        pages = new byte[maximum][];
    }

    /** Adds pages, as many as there may be. */
    final void add(int count) {
        for (int i = 0; i < count; i++) {
            pages[present + i] = new byte[PAGE_SIZE];
        }
        present += count;
    }

    /** Lets go of all pages. */
    final void clear() {
        present = 0;
        Arrays.fill(pages, null);
    }

    @Override
    public final int pages() {
        return present;
    }

    @Override
    public final int maximumPages() {
        return pages.length;
    }

    /** Whether a range lies inside. */
    final boolean contains(int address, int size) {
        return address >= 0 && size >= 0 && (long) address + size <= (long) present * PAGE_SIZE;
    }

    /** Throws what the translator knows as an access outside, unless the range lies inside. */
    final void require(int address, int size) {
        if (!contains(address, size)) {
            throw outside(address, size);
        }
    }

    private WasmRuntimeException outside(int address, int size) {
        return new WasmRuntimeException("out of bounds memory access: %d bytes at %d of %d pages"
                .formatted(Integer.toUnsignedLong(size), Integer.toUnsignedLong(address), present));
    }

    /** What is left of a page behind an address. */
    private static int leftOfPage(int address) {
        return PAGE_SIZE - (address & IN_PAGE);
    }

    @Override
    public void fill(byte value, int from, int to) {
        require(from, to - from);
        for (int at = from; at < to; ) {
            int size = Math.min(to - at, leftOfPage(at));
            int start = at & IN_PAGE;
            Arrays.fill(pages[at >>> PAGE_SHIFT], start, start + size, value);
            at += size;
        }
    }

    @Override
    public void copy(int destination, int source, int size) {
        require(destination, size);
        require(source, size);
        if (source < destination && destination - source < size) {
            copyFromTheEnd(destination, source, size);
        } else {
            for (int done = 0; done < size; ) {
                int part = Math.min(size - done, Math.min(leftOfPage(source + done), leftOfPage(destination + done)));
                copyInPages(destination + done, source + done, part);
                done += part;
            }
        }
    }

    /** Where the source reaches into the destination, its end has to be read before it is written over. */
    private void copyFromTheEnd(int destination, int source, int size) {
        for (int left = size; left > 0; ) {
            int part = Math.min(left, Math.min(behind(source + left), behind(destination + left)));
            left -= part;
            copyInPages(destination + left, source + left, part);
        }
    }

    /** What there is of a page before an address, which may be the end of one. */
    private static int behind(int address) {
        return ((address - 1) & IN_PAGE) + 1;
    }

    private void copyInPages(int destination, int source, int size) {
        System.arraycopy(
                pages[source >>> PAGE_SHIFT],
                source & IN_PAGE,
                pages[destination >>> PAGE_SHIFT],
                destination & IN_PAGE,
                size);
    }

    @Override
    public final byte[] readBytes(int address, int size) {
        require(address, size);
        byte[] bytes = new byte[size];
        for (int done = 0; done < size; ) {
            int at = address + done;
            int part = Math.min(size - done, leftOfPage(at));
            System.arraycopy(pages[at >>> PAGE_SHIFT], at & IN_PAGE, bytes, done, part);
            done += part;
        }
        return bytes;
    }

    @Override
    public final void write(int address, byte[] bytes, int offset, int size) {
        require(address, size);
        for (int done = 0; done < size; ) {
            int at = address + done;
            int part = Math.min(size - done, leftOfPage(at));
            System.arraycopy(bytes, offset + done, pages[at >>> PAGE_SHIFT], at & IN_PAGE, part);
            done += part;
        }
    }

    // Loads and stores leave the checks of each to the JVM, which makes them anyway, and ask what was wrong only
    // afterwards.

    @Override
    public final byte read(int address) {
        try {
            return pages[address >>> PAGE_SHIFT][address & IN_PAGE];
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw outside(address, Byte.BYTES);
        }
    }

    @Override
    public final void writeByte(int address, byte value) {
        try {
            pages[address >>> PAGE_SHIFT][address & IN_PAGE] = value;
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw outside(address, Byte.BYTES);
        }
    }

    @Override
    public final short readShort(int address) {
        int at = address & IN_PAGE;
        if (at > PAGE_SIZE - Short.BYTES) {
            return (short) readAcross(address, Short.BYTES);
        }
        try {
            return (short) SHORTS.get(pages[address >>> PAGE_SHIFT], at);
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw outside(address, Short.BYTES);
        }
    }

    @Override
    public final void writeShort(int address, short value) {
        int at = address & IN_PAGE;
        if (at > PAGE_SIZE - Short.BYTES) {
            writeAcross(address, value, Short.BYTES);
            return;
        }
        try {
            SHORTS.set(pages[address >>> PAGE_SHIFT], at, value);
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw outside(address, Short.BYTES);
        }
    }

    @Override
    public final int readInt(int address) {
        int at = address & IN_PAGE;
        if (at > PAGE_SIZE - Integer.BYTES) {
            return (int) readAcross(address, Integer.BYTES);
        }
        try {
            return (int) INTS.get(pages[address >>> PAGE_SHIFT], at);
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw outside(address, Integer.BYTES);
        }
    }

    @Override
    public final void writeI32(int address, int value) {
        int at = address & IN_PAGE;
        if (at > PAGE_SIZE - Integer.BYTES) {
            writeAcross(address, value, Integer.BYTES);
            return;
        }
        try {
            INTS.set(pages[address >>> PAGE_SHIFT], at, value);
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw outside(address, Integer.BYTES);
        }
    }

    @Override
    public final long readLong(int address) {
        int at = address & IN_PAGE;
        if (at > PAGE_SIZE - Long.BYTES) {
            return readAcross(address, Long.BYTES);
        }
        try {
            return (long) LONGS.get(pages[address >>> PAGE_SHIFT], at);
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw outside(address, Long.BYTES);
        }
    }

    @Override
    public final void writeLong(int address, long value) {
        int at = address & IN_PAGE;
        if (at > PAGE_SIZE - Long.BYTES) {
            writeAcross(address, value, Long.BYTES);
            return;
        }
        try {
            LONGS.set(pages[address >>> PAGE_SHIFT], at, value);
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw outside(address, Long.BYTES);
        }
    }

    private long readAcross(int address, int size) {
        require(address, size);
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << Byte.SIZE | read(address + i) & BYTE_MASK;
        }
        return value;
    }

    private void writeAcross(int address, long value, int size) {
        require(address, size);
        for (int i = 0; i < size; i++) {
            writeByte(address + i, (byte) (value >>> (i * Byte.SIZE)));
        }
    }

    @Override
    public final long readU16(int address) {
        return Short.toUnsignedLong(readShort(address));
    }

    @Override
    public final float readFloat(int address) {
        return Float.intBitsToFloat(readInt(address));
    }

    @Override
    public final long readF32(int address) {
        return readInt(address);
    }

    @Override
    public final void writeF32(int address, float value) {
        writeI32(address, Float.floatToRawIntBits(value));
    }

    @Override
    public final double readDouble(int address) {
        return Double.longBitsToDouble(readLong(address));
    }

    @Override
    public final long readF64(int address) {
        return readLong(address);
    }

    @Override
    public final void writeF64(int address, double value) {
        writeLong(address, Double.doubleToRawLongBits(value));
    }
}

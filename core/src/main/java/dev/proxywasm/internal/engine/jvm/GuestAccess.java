package dev.proxywasm.internal.engine.jvm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The loads and stores of translated code, which are most of what it does. Those of low bytes are methods that the JVM inlines, with a check
 * that it needs anyway and nothing else.
 */
abstract class GuestAccess extends GuestBytes {

    private static final int BYTE_MASK = 0xFF;

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** A memory without a page, of at most that many, of which so many lie low. */
    GuestAccess(int maximum, int maximumLow) {
        super(maximum, maximumLow);
    }

    private static boolean holds(byte[] bytes, int address, int size) {
        return address >= 0 && address <= bytes.length - size;
    }

    private static boolean isInPage(int at, int size) {
        return at <= PAGE_SIZE - size;
    }

    @Override
    public final byte read(int address) {
        byte[] near = low;
        return holds(near, address, Byte.BYTES) ? near[address] : page(address, Byte.BYTES)[address & IN_PAGE];
    }

    @Override
    public final void writeByte(int address, byte value) {
        byte[] near = low;
        if (holds(near, address, Byte.BYTES)) {
            near[address] = value;
        } else {
            page(address, Byte.BYTES)[address & IN_PAGE] = value;
        }
    }

    @Override
    public final short readShort(int address) {
        byte[] near = low;
        if (holds(near, address, Short.BYTES)) {
            return (short) SHORTS.get(near, address);
        }
        int at = address & IN_PAGE;
        return isInPage(at, Short.BYTES)
                ? (short) SHORTS.get(page(address, Short.BYTES), at)
                : (short) loadAcross(address, Short.BYTES);
    }

    @Override
    public final void writeShort(int address, short value) {
        byte[] near = low;
        int at = address & IN_PAGE;
        if (holds(near, address, Short.BYTES)) {
            SHORTS.set(near, address, value);
        } else if (isInPage(at, Short.BYTES)) {
            SHORTS.set(page(address, Short.BYTES), at, value);
        } else {
            storeAcross(address, value, Short.BYTES);
        }
    }

    @Override
    public final int readInt(int address) {
        byte[] near = low;
        if (holds(near, address, Integer.BYTES)) {
            return (int) INTS.get(near, address);
        }
        int at = address & IN_PAGE;
        return isInPage(at, Integer.BYTES)
                ? (int) INTS.get(page(address, Integer.BYTES), at)
                : (int) loadAcross(address, Integer.BYTES);
    }

    @Override
    public final void writeI32(int address, int value) {
        byte[] near = low;
        int at = address & IN_PAGE;
        if (holds(near, address, Integer.BYTES)) {
            INTS.set(near, address, value);
        } else if (isInPage(at, Integer.BYTES)) {
            INTS.set(page(address, Integer.BYTES), at, value);
        } else {
            storeAcross(address, value, Integer.BYTES);
        }
    }

    @Override
    public final long readLong(int address) {
        byte[] near = low;
        if (holds(near, address, Long.BYTES)) {
            return (long) LONGS.get(near, address);
        }
        int at = address & IN_PAGE;
        return isInPage(at, Long.BYTES)
                ? (long) LONGS.get(page(address, Long.BYTES), at)
                : loadAcross(address, Long.BYTES);
    }

    @Override
    public final void writeLong(int address, long value) {
        byte[] near = low;
        int at = address & IN_PAGE;
        if (holds(near, address, Long.BYTES)) {
            LONGS.set(near, address, value);
        } else if (isInPage(at, Long.BYTES)) {
            LONGS.set(page(address, Long.BYTES), at, value);
        } else {
            storeAcross(address, value, Long.BYTES);
        }
    }

    private long loadAcross(int address, int size) {
        require(address, size);
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << Byte.SIZE | read(address + i) & BYTE_MASK;
        }
        return value;
    }

    private void storeAcross(int address, long value, int size) {
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

package dev.proxywasm.internal.engine.shared;

import dev.proxywasm.internal.engine.GuestMemory;
import dev.proxywasm.internal.engine.GuestMemoryException;

/** A guest's memory behind its instance's gate; what an access needs beyond checks is its engine's. */
public abstract class GatedMemory implements GuestMemory {

    private static final byte[] EMPTY = {};

    private final EntryGate gate;

    /** The memory of the instance behind that gate. */
    protected GatedMemory(EntryGate gate) {
        this.gate = gate;
    }

    // All of these are called inside the gate, and with ranges that lie inside the memory. No memory is larger than 2
    // GiB, so pointers and
    // sizes are positive.

    /** The present size. */
    protected abstract long size();

    /** Whether a range that is not empty lies inside; the sum of both does not wrap around. */
    protected boolean holds(long end) {
        return end <= size();
    }

    /** Copies bytes out. */
    protected abstract byte[] get(int ptr, int size);

    /** Copies bytes in. */
    protected abstract void put(int ptr, byte[] source, int offset, int length);

    /** Reads an i32. */
    protected abstract int getI32(int ptr);

    /** Writes an i32. */
    protected abstract void putI32(int ptr, int value);

    /** Writes an i64. */
    protected abstract void putI64(int ptr, long value);

    @Override
    public final long byteSize() {
        boolean entered = gate.enterUnlessInside();
        try {
            return size();
        } finally {
            leave(entered);
        }
    }

    @Override
    public final boolean contains(int ptr, int size) {
        boolean entered = gate.enterUnlessInside();
        try {
            return size == 0 || isInside(ptr, size);
        } finally {
            leave(entered);
        }
    }

    @Override
    public final byte[] read(int ptr, int size) {
        boolean entered = gate.enterUnlessInside();
        try {
            if (size == 0) {
                return EMPTY;
            }
            require(ptr, size);
            return get(ptr, size);
        } finally {
            leave(entered);
        }
    }

    @Override
    public final void write(int ptr, byte[] source, int offset, int length) {
        boolean entered = gate.enterUnlessInside();
        try {
            if (length != 0) {
                require(ptr, length);
                put(ptr, source, offset, length);
            }
        } finally {
            leave(entered);
        }
    }

    @Override
    public final int readI32(int ptr) {
        boolean entered = gate.enterUnlessInside();
        try {
            require(ptr, Integer.BYTES);
            return getI32(ptr);
        } finally {
            leave(entered);
        }
    }

    @Override
    public final void writeI32(int ptr, int value) {
        boolean entered = gate.enterUnlessInside();
        try {
            require(ptr, Integer.BYTES);
            putI32(ptr, value);
        } finally {
            leave(entered);
        }
    }

    @Override
    public final void writeI64(int ptr, long value) {
        boolean entered = gate.enterUnlessInside();
        try {
            require(ptr, Long.BYTES);
            putI64(ptr, value);
        } finally {
            leave(entered);
        }
    }

    private void leave(boolean entered) {
        if (entered) {
            gate.exit();
        }
    }

    private void require(int ptr, int size) {
        if (!isInside(ptr, size)) {
            throw new GuestMemoryException(ptr, size, size());
        }
    }

    private boolean isInside(int ptr, int size) {
        return holds(Integer.toUnsignedLong(ptr) + Integer.toUnsignedLong(size));
    }
}

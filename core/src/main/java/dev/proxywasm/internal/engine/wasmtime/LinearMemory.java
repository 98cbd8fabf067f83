package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.GuestMemory;
import dev.proxywasm.internal.engine.GuestMemoryException;
import io.github.kawamuray.wasmtime.Memory;
import io.github.kawamuray.wasmtime.Store;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The guest's memory through a buffer that is fetched once, and again when an access lies beyond it: memories only grow.
 *
 * <p>SAFETY: the buffer is used behind the {@link EntryGate} only, so never after the store is gone. Growth does not move the memory:
 * with the engine's default settings each one reserves its whole address range (4 GiB) when it is made.
 */
final class LinearMemory implements GuestMemory {

    private static final byte[] EMPTY = {};

    private final EntryGate gate;
    private final Store<Void> store;
    private final Memory memory;
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    LinearMemory(EntryGate gate, Store<Void> store, Memory memory) {
        this.gate = gate;
        this.store = store;
        this.memory = memory;
    }

    @Override
    public long byteSize() {
        boolean entered = gate.enterUnlessInside();
        try {
            return memory.dataSize(store);
        } finally {
            leave(entered);
        }
    }

    @Override
    public boolean contains(int ptr, int size) {
        boolean entered = gate.enterUnlessInside();
        try {
            return size == 0 || isInside(ptr, size);
        } finally {
            leave(entered);
        }
    }

    @Override
    public byte[] read(int ptr, int size) {
        boolean entered = gate.enterUnlessInside();
        try {
            if (size == 0) {
                return EMPTY;
            }
            require(ptr, size);
            byte[] bytes = new byte[size];
            buffer.get(ptr, bytes);
            return bytes;
        } finally {
            leave(entered);
        }
    }

    @Override
    public void write(int ptr, byte[] source, int offset, int length) {
        boolean entered = gate.enterUnlessInside();
        try {
            if (length != 0) {
                require(ptr, length);
                buffer.put(ptr, source, offset, length);
            }
        } finally {
            leave(entered);
        }
    }

    @Override
    public int readI32(int ptr) {
        boolean entered = gate.enterUnlessInside();
        try {
            require(ptr, Integer.BYTES);
            return buffer.getInt(ptr);
        } finally {
            leave(entered);
        }
    }

    @Override
    public void writeI32(int ptr, int value) {
        boolean entered = gate.enterUnlessInside();
        try {
            require(ptr, Integer.BYTES);
            buffer.putInt(ptr, value);
        } finally {
            leave(entered);
        }
    }

    @Override
    public void writeI64(int ptr, long value) {
        boolean entered = gate.enterUnlessInside();
        try {
            require(ptr, Long.BYTES);
            buffer.putLong(ptr, value);
        } finally {
            leave(entered);
        }
    }

    private void leave(boolean entered) {
        if (entered) {
            gate.exit();
        }
    }

    /** Past this point pointer and size are positive: no memory is larger than 2 GiB. */
    private void require(int ptr, int size) {
        if (!isInside(ptr, size)) {
            throw new GuestMemoryException(ptr, size, buffer.capacity());
        }
    }

    private boolean isInside(int ptr, int size) {
        long end = Integer.toUnsignedLong(ptr) + Integer.toUnsignedLong(size);
        if (end > buffer.capacity()) {
            refresh();
        }
        return end <= buffer.capacity();
    }

    private void refresh() {
        if (memory.dataSize(store) != buffer.capacity()) {
            buffer = memory.buffer(store).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}

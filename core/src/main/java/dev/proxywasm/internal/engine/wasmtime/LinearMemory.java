package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.shared.EntryGate;
import dev.proxywasm.internal.engine.shared.GatedMemory;
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
final class LinearMemory extends GatedMemory {

    private final Store<Void> store;
    private final Memory memory;
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    LinearMemory(EntryGate gate, Store<Void> store, Memory memory) {
        super(gate);
        this.store = store;
        this.memory = memory;
    }

    @Override
    protected long size() {
        return memory.dataSize(store);
    }

    @Override
    protected boolean holds(long end) {
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

    @Override
    protected byte[] get(int ptr, int size) {
        byte[] bytes = new byte[size];
        buffer.get(ptr, bytes);
        return bytes;
    }

    @Override
    protected void put(int ptr, byte[] source, int offset, int length) {
        buffer.put(ptr, source, offset, length);
    }

    @Override
    protected int getI32(int ptr) {
        return buffer.getInt(ptr);
    }

    @Override
    protected void putI32(int ptr, int value) {
        buffer.putInt(ptr, value);
    }

    @Override
    protected void putI64(int ptr, long value) {
        buffer.putLong(ptr, value);
    }
}

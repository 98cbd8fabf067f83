package dev.proxywasm.internal.engine.jvm;

import dev.proxywasm.internal.engine.ModuleLimits;
import dev.proxywasm.internal.engine.shared.EntryGate;
import dev.proxywasm.internal.engine.shared.GatedMemory;
import run.endive.runtime.Memory;

/** The guest's memory in the Java heap. */
final class HeapMemory extends GatedMemory {

    private final Memory memory;

    /** Over the guest's memory. */
    HeapMemory(EntryGate gate, Memory memory) {
        super(gate);
        this.memory = memory;
    }

    @Override
    protected long size() {
        return (long) memory.pages() * ModuleLimits.PAGE_BYTES;
    }

    @Override
    protected byte[] get(int ptr, int size) {
        return memory.readBytes(ptr, size);
    }

    @Override
    protected void put(int ptr, byte[] source, int offset, int length) {
        memory.write(ptr, source, offset, length);
    }

    @Override
    protected int getI32(int ptr) {
        return memory.readInt(ptr);
    }

    @Override
    protected void putI32(int ptr, int value) {
        memory.writeI32(ptr, value);
    }

    @Override
    protected void putI64(int ptr, long value) {
        memory.writeLong(ptr, value);
    }
}

package dev.proxywasm.internal.engine.jvm;

import run.endive.runtime.ConstantEvaluators;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmRuntimeException;
import run.endive.wasm.UninstantiableException;
import run.endive.wasm.types.ActiveDataSegment;
import run.endive.wasm.types.DataSegment;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.PassiveDataSegment;

/**
 * The memory of one guest, of which no page is made that is not on its account, and which looks whether its time is up before each operation on
 * many bytes: translated code looks at loops and calls, and can have thousands of such operations between two of those. The library's own
 * memory does neither, and cannot be asked to without making each access slower.
 */
final class GuestPages extends GuestAccess {

    /** A reference to each page that there may be. */
    private static final int REFERENCE_BYTES = 8;

    private static final DataSegment DROPPED = PassiveDataSegment.EMPTY;
    private static final byte[] NOTHING = {};

    private final HeapAccount heap;
    private final EntryTime time;
    private final int initial;

    /** The segments of its instance, which marks here what the guest drops. */
    private DataSegment[] segments = {};

    /** What can be copied from those that are not placed at the start. They themselves give a new copy whenever they are asked. */
    private byte[][] passive = {};

    /**
     * A memory of its initial size.
     *
     * @throws dev.proxywasm.internal.engine.EngineException if there is not as much of the heap for it
     */
    GuestPages(MemoryLimits limits, HeapAccount heap, EntryTime time) {
        super(Math.min(limits.maximumPages(), RUNTIME_MAX_PAGES), (int) (heap.piece() / PAGE_SIZE));
        this.heap = heap;
        this.time = time;
        this.initial = limits.initialPages();
        heap.require(bytes(initial) + (long) REFERENCE_BYTES * maximumPages());
        add(initial);
        heap.onClose(this::letGo);
    }

    private void letGo() {
        clear();
        segments = new DataSegment[0];
        passive = new byte[0][];
    }

    private static long bytes(int pages) {
        return (long) pages * PAGE_SIZE;
    }

    @Override
    public int initialPages() {
        return initial;
    }

    /** As the specification has it: -1 if it may not grow so far, and here also if it may, but there is not as much of the heap. */
    @Override
    public int grow(int size) {
        time.stopIfInterrupted();
        int before = pages();
        if (size < 0 || size > maximumPages() - before || !heap.take(bytes(size))) {
            return -1;
        }
        add(size); // where the heap is full in spite of all, that is the end of the guest
        return before;
    }

    @Override
    public void initialize(Instance instance, DataSegment[] declared) {
        initialize(instance, declared, 0);
    }

    @Override
    public void initialize(Instance instance, DataSegment[] declared, int memoryIndex) {
        segments = declared;
        passive = new byte[declared.length][];
        for (int i = 0; i < declared.length; i++) {
            byte[] data = declared[i].data();
            if (declared[i] instanceof ActiveDataSegment active) {
                place(data, (int) ConstantEvaluators.computeConstantValue(instance, active.offsetInstructions())[0]);
                drop(i);
            } else {
                heap.require(data.length);
                passive[i] = data;
            }
        }
    }

    private void place(byte[] data, int address) {
        if (!contains(address, data.length)) {
            throw new UninstantiableException("out of bounds memory access: a data segment lies outside");
        }
        write(address, data, 0, data.length);
    }

    @Override
    public void fill(byte value, int from, int to) {
        time.stopIfInterrupted();
        super.fill(value, from, to);
    }

    @Override
    public void copy(int destination, int source, int size) {
        time.stopIfInterrupted();
        super.copy(destination, source, size);
    }

    /** A segment was dropped if it is that one object. */
    @Override
    @SuppressWarnings("ReferenceEquality")
    public void initPassiveSegment(int segment, int destination, int offset, int size) {
        time.stopIfInterrupted();
        byte[] data = segments[segment] == DROPPED ? NOTHING : passive[segment];
        if (offset < 0 || size < 0 || size > data.length - offset) {
            throw new WasmRuntimeException("out of bounds memory access: a data segment is shorter");
        }
        write(destination, data, offset, size);
    }

    @Override
    public void drop(int segment) {
        segments[segment] = DROPPED;
    }

    /** Its pages are made of zeros. */
    @Override
    public void zero() {}

    @Override
    public boolean shared() {
        return false;
    }

    // Threads are refused, and with them what the interface asks for on their behalf.

    @Override
    @SuppressWarnings("removal") // overrides what is to be removed
    public Object lock(int address) {
        throw new UnsupportedOperationException("the memory is not shared");
    }

    @Override
    @SuppressWarnings("removal")
    public int waitOn(int address, int expected, long timeout) {
        throw new UnsupportedOperationException("the memory is not shared");
    }

    @Override
    @SuppressWarnings("removal")
    public int waitOn(int address, long expected, long timeout) {
        throw new UnsupportedOperationException("the memory is not shared");
    }

    @Override
    @SuppressWarnings("removal")
    public int notify(int address, int maxThreads) {
        throw new UnsupportedOperationException("the memory is not shared");
    }
}

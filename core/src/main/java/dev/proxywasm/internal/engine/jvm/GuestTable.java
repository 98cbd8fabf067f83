package dev.proxywasm.internal.engine.jvm;

import run.endive.runtime.Instance;
import run.endive.runtime.TableInstance;
import run.endive.wasm.types.Table;
import run.endive.wasm.types.TableLimits;

/** A table of one instance. The library's own notes its growth in the module, from which other instances are made, and grows unasked. */
final class GuestTable extends TableInstance {

    /** A number, and references to an instance and, in a table of objects, to one of those. */
    private static final int ELEMENT_BYTES = 20;

    private final HeapAccount heap;
    private final EntryTime time;

    /**
     * A table of its initial size.
     *
     * @throws dev.proxywasm.internal.engine.EngineException if there is not as much of the heap for it
     */
    GuestTable(Table declared, int initialValue, HeapAccount heap, EntryTime time) {
        super(taken(declared, heap), initialValue);
        this.heap = heap;
        this.time = time;
    }

    private static Table taken(Table declared, HeapAccount heap) {
        TableLimits limits = declared.limits();
        heap.require(bytes(limits.min()));
        return new Table(declared.elementType(), new TableLimits(limits.min(), limits.max()));
    }

    private static long bytes(long elements) {
        return elements * ELEMENT_BYTES;
    }

    /**
     * Looks whether the guest's time is up, as {@link GuestPages} does: the library asks for the size before each operation on many elements,
     * and not before a call by the table.
     */
    @Override
    public int size() {
        time.stopIfInterrupted();
        return super.size();
    }

    @Override
    public int grow(int size, int value, Instance instance) {
        return mayGrow(size) ? super.grow(size, value, instance) : -1;
    }

    @Override
    public int growWithRef(int size, Object value, Instance instance) {
        return mayGrow(size) ? super.growWithRef(size, value, instance) : -1;
    }

    /** As the specification has it, not for any growth that is too large, also where the sum does not fit an int. */
    private boolean mayGrow(int size) {
        return size >= 0 && size <= limits().max() - size() && heap.take(bytes(size));
    }
}

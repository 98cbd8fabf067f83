package dev.proxywasm.internal.engine.jvm;

import run.endive.runtime.Instance;
import run.endive.runtime.TableInstance;
import run.endive.wasm.types.Table;
import run.endive.wasm.types.TableLimits;

/** A table of one instance. The library's own notes its growth in the module, from which other instances are made. */
final class GuestTable extends TableInstance {

    GuestTable(Table declared, int initialValue) {
        super(
                new Table(
                        declared.elementType(),
                        new TableLimits(
                                declared.limits().min(), declared.limits().max())),
                initialValue);
    }

    /** As the specification has it: -1 for any growth that is too large, also where the sum does not fit an int. */
    @Override
    public int grow(int size, int value, Instance instance) {
        return size > limits().max() - size() ? -1 : super.grow(size, value, instance);
    }
}

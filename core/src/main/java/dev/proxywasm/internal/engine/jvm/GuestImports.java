package dev.proxywasm.internal.engine.jvm;

import dev.proxywasm.internal.engine.InstanceSpec;
import dev.proxywasm.internal.engine.PlainHostcall;
import dev.proxywasm.internal.engine.StackRoom;
import dev.proxywasm.internal.engine.shared.AdmittedModule;
import dev.proxywasm.internal.engine.shared.ArgumentFrame;
import dev.proxywasm.internal.engine.shared.GuardedInstance;
import dev.proxywasm.internal.engine.shared.HostcallDoor;
import dev.proxywasm.internal.engine.shared.ImportedFunction;
import dev.proxywasm.internal.wasm.ExternKind;
import dev.proxywasm.internal.wasm.FunctionType;
import dev.proxywasm.internal.wasm.Import;
import dev.proxywasm.internal.wasm.MemoryType;
import dev.proxywasm.internal.wasm.ValueType;
import java.util.Iterator;
import java.util.List;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportMemory;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.ValType;

/** What one instance of a guest is linked to: the hostcalls, and the memory if it imports one. */
final class GuestImports {

    private static final long[] NOTHING = {};

    private final HostcallDoor door;
    private final EntryTime time;
    private final ImportValues values;

    GuestImports(AdmittedModule source, InstanceSpec spec, HostcallDoor door, EntryTime time, HeapAccount heap) {
        this.door = door;
        this.time = time;
        ImportValues.Builder builder = ImportValues.builder();
        Iterator<ImportedFunction> functions = source.imports().iterator();
        for (Import item : source.rewritten().imports()) {
            if (item.kind() == ExternKind.FUNCTION) {
                builder.addFunction(function(item, functions.next(), spec));
            } else {
                builder.addMemory(
                        new ImportMemory(item.module(), item.name(), memory((MemoryType) item.type(), heap, time)));
            }
        }
        this.values = builder.build();
    }

    ImportValues values() {
        return values;
    }

    private ImportFunction function(Import item, ImportedFunction function, InstanceSpec spec) {
        int index = function.index();
        boolean hasResult = !function.type().results().isEmpty();
        PlainHostcall plain = spec.sandbox().answers(function.name(), function.type())
                ? spec.hostcalls().plain(index)
                : null;
        return new ImportFunction(
                item.module(),
                item.name(),
                typeOf(function.type()),
                plain == null
                        ? (instance, arguments) -> cross(index, arguments, hasResult)
                        : new PlainImport(index, plain));
    }

    /** One hostcall, on the thread that is inside the guest. Its failure is parked, lest guest code gets hold of it. */
    private long[] cross(int index, long[] arguments, boolean hasResult) {
        // A guest chooses how deep it calls the host. A hostcall that ran out of stack between taking a lock and
        // releasing it would take the lock away from the whole application. First of all, since what it throws is the
        // guest's doing and nothing has begun.
        StackRoom.OF_HOSTCALL.require();
        try {
            time.enterHostcall();
            ArgumentFrame frame = door.next();
            frame.begin(arguments);
            door.pass(index, frame);
            Throwable swallowed = door.parked();
            if (swallowed != null) {
                throw swallowed;
            }
            time.leaveHostcall();
            return hasResult ? new long[] {frame.result()} : NOTHING;
        } catch (Throwable failure) {
            door.park(failure);
            GuardedInstance.<RuntimeException>throwAsIs(failure);
            return NOTHING; // never
        }
    }

    /** A function that may be answered as a plain case. */
    private final class PlainImport implements WasmFunctionHandle {
        private final int index;
        private final PlainHostcall plain;
        private boolean isKnown;

        PlainImport(int index, PlainHostcall plain) {
            this.index = index;
            this.plain = plain;
        }

        @Override
        public long[] apply(Instance instance, long... arguments) {
            if (!isKnown) {
                StackRoom.OF_HOSTCALL.require(); // until it has answered it may load and link
            }
            door.setPlain(true);
            int answer = plain.answer(arguments);
            door.setPlain(false);
            isKnown |= answer != PlainHostcall.NONE;
            return answer == PlainHostcall.NONE ? cross(index, arguments, true) : new long[] {answer};
        }
    }

    private static GuestPages memory(MemoryType type, HeapAccount heap, EntryTime time) {
        MemoryLimits limits = new MemoryLimits(
                (int) type.limits().minimum(), (int) type.limits().maximum().orElseThrow());
        return new GuestPages(limits, heap, time);
    }

    private static run.endive.wasm.types.FunctionType typeOf(FunctionType type) {
        return run.endive.wasm.types.FunctionType.of(typesOf(type.params()), typesOf(type.results()));
    }

    private static List<ValType> typesOf(List<ValueType> types) {
        return types.stream().map(GuestImports::typeOf).toList();
    }

    private static ValType typeOf(ValueType type) {
        return switch (type) {
            case I32 -> ValType.I32;
            case I64 -> ValType.I64;
            case F32 -> ValType.F32;
            case F64 -> ValType.F64;
            default -> throw new IllegalArgumentException("no host function was admitted with " + type);
        };
    }
}

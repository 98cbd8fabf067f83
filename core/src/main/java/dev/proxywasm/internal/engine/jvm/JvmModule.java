package dev.proxywasm.internal.engine.jvm;

import dev.proxywasm.internal.engine.CompiledModule;
import dev.proxywasm.internal.engine.InstanceSpec;
import dev.proxywasm.internal.engine.StackRoom;
import dev.proxywasm.internal.engine.WasmInstance;
import dev.proxywasm.internal.engine.shared.AdmittedModule;
import dev.proxywasm.internal.engine.shared.EntryGate;
import dev.proxywasm.internal.engine.shared.EntryPoints;
import dev.proxywasm.internal.engine.shared.HostcallDoor;
import dev.proxywasm.internal.engine.shared.Users;
import dev.proxywasm.internal.wasm.ModuleInfo;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.Memory;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.MemoryLimits;

/** A guest as Java classes. */
final class JvmModule implements CompiledModule {

    private static final MemoryLimits NO_MEMORY = new MemoryLimits(0, 0);

    /**
     * For a hostcall, and as much for the guest that makes it: one that recurses as little as filters do is not to be stopped because an
     * application has recursed. One that needs more may run out of stack, which does no harm.
     */
    private static final StackRoom STACK_ROOM = StackRoom.of(2 * StackRoom.OF_HOSTCALL.bytes());

    private final AdmittedModule source;
    private final WasmModule module;
    private final Function<Instance, Machine> code;
    private final GuestWatch watch;
    private final HeapBudget budget;
    private final Users users;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** {@code onRelease} runs once neither the module nor an instance of it is in use. */
    JvmModule(
            AdmittedModule source,
            WasmModule module,
            Function<Instance, Machine> code,
            GuestWatch watch,
            HeapBudget budget,
            Runnable onRelease) {
        this.source = source;
        this.module = module;
        this.code = code;
        this.watch = watch;
        this.budget = budget;
        this.users = new Users(onRelease);
    }

    @Override
    public ModuleInfo info() {
        return source.info();
    }

    @Override
    public String engine() {
        return "jvm";
    }

    @Override
    public StackRoom stackRoom() {
        return STACK_ROOM;
    }

    @Override
    public WasmInstance instantiate(InstanceSpec spec) {
        if (closed.get() || !users.add()) {
            throw new IllegalStateException("module '%s' is closed".formatted(source.name()));
        }
        return create(spec).started(spec);
    }

    private JvmInstance create(InstanceSpec spec) {
        HeapAccount heap = new HeapAccount(source.name(), budget);
        EntryTime time = watched();
        try {
            HostcallDoor door = new HostcallDoor(spec.hostcalls(), spec.hostcallsPerEntry());
            Instance guest = link(spec, door, time, heap);
            return new JvmInstance(
                    guest,
                    EntryPoints.of(source, spec),
                    memoryOf(guest, heap, time),
                    door,
                    time,
                    heap,
                    new EntryGate(() -> release(time, heap)));
        } catch (RuntimeException | Error e) {
            release(time, heap);
            throw e;
        }
    }

    private EntryTime watched() {
        try {
            return watch.watch();
        } catch (RuntimeException | Error e) {
            users.remove();
            throw e;
        }
    }

    private Instance link(InstanceSpec spec, HostcallDoor door, EntryTime time, HeapAccount heap) {
        try {
            heap.requireInstance(module);
            return Instance.builder(module)
                    .withImportValues(new GuestImports(source, spec, door, time, heap).values())
                    .withMachineFactory(code)
                    .withMemoryFactory(limits -> new GuestPages(limits, heap, time))
                    .withTableFactory((declared, initial) -> new GuestTable(declared, initial, heap, time))
                    .withStart(false)
                    .build();
        } catch (RuntimeException | OutOfMemoryError refused) {
            throw source.notInstantiated(refused);
        }
    }

    private Memory memoryOf(Instance guest, HeapAccount heap, EntryTime time) {
        String export = source.memoryExport();
        Memory memory = export == null ? guest.memory() : guest.exports().memory(export);
        return memory == null ? new GuestPages(NO_MEMORY, heap, time) : memory;
    }

    private void release(EntryTime time, HeapAccount heap) {
        watch.forget(time);
        try {
            heap.close();
        } finally {
            users.remove();
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            users.remove();
        }
    }
}

package dev.proxywasm.internal.engine.jvm;

import dev.proxywasm.internal.engine.CompiledModule;
import dev.proxywasm.internal.engine.InstanceSpec;
import dev.proxywasm.internal.engine.WasmInstance;
import dev.proxywasm.internal.engine.shared.AdmittedModule;
import dev.proxywasm.internal.engine.shared.EntryGate;
import dev.proxywasm.internal.engine.shared.EntryPoints;
import dev.proxywasm.internal.engine.shared.Users;
import dev.proxywasm.internal.wasm.ModuleInfo;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.Memory;
import run.endive.wasm.WasmModule;

/** A guest as Java classes. */
final class JvmModule implements CompiledModule {

    private final AdmittedModule source;
    private final WasmModule module;
    private final Function<Instance, Machine> code;
    private final GuestWatch watch;
    private final Users users;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** {@code onRelease} runs once neither the module nor an instance of it is in use. */
    JvmModule(
            AdmittedModule source,
            WasmModule module,
            Function<Instance, Machine> code,
            GuestWatch watch,
            Runnable onRelease) {
        this.source = source;
        this.module = module;
        this.code = code;
        this.watch = watch;
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
    public WasmInstance instantiate(InstanceSpec spec) {
        if (closed.get() || !users.add()) {
            throw new IllegalStateException("module '%s' is closed".formatted(source.name()));
        }
        return create(spec).started(spec);
    }

    private JvmInstance create(InstanceSpec spec) {
        EntryTime time = watch.watch();
        try {
            GuestImports imports = new GuestImports(source, spec, time);
            Instance guest = link(imports);
            return new JvmInstance(
                    guest,
                    EntryPoints.of(source, spec),
                    memoryOf(guest),
                    imports.door(),
                    time,
                    new EntryGate(() -> release(time)));
        } catch (RuntimeException | Error e) {
            release(time);
            throw e;
        }
    }

    private Instance link(GuestImports imports) {
        try {
            return Instance.builder(module)
                    .withImportValues(imports.values())
                    .withMachineFactory(code)
                    .withMemoryFactory(ByteArrayMemory::new)
                    .withTableFactory(GuestTable::new)
                    .withStart(false)
                    .build();
        } catch (RuntimeException | OutOfMemoryError refused) {
            throw source.notInstantiated(refused);
        }
    }

    private @Nullable Memory memoryOf(Instance guest) {
        String export = source.memoryExport();
        return export == null ? guest.memory() : guest.exports().memory(export);
    }

    private void release(EntryTime time) {
        watch.forget(time);
        users.remove();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            users.remove();
        }
    }
}

package dev.proxywasm.internal.vm;

import dev.proxywasm.internal.engine.CompiledModule;
import dev.proxywasm.internal.engine.InstanceSpec;
import dev.proxywasm.internal.engine.WasmInstance;
import dev.proxywasm.internal.wasm.ModuleInfo;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One owner's share in compiled code; the code is released when the last owner has closed its share. */
final class SharedCode implements CompiledModule {

    private final CompiledModule code;
    private final AtomicInteger owners;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Of the first owner. Takes the code over. */
    SharedCode(CompiledModule code) {
        this(code, new AtomicInteger(1));
    }

    private SharedCode(CompiledModule code, AtomicInteger owners) {
        this.code = code;
        this.owners = owners;
    }

    /** The share of one more owner. Not to be called after this one was closed. */
    SharedCode forAnother() {
        owners.incrementAndGet();
        return new SharedCode(code, owners);
    }

    @Override
    public ModuleInfo info() {
        return code.info();
    }

    @Override
    public WasmInstance instantiate(InstanceSpec spec) {
        return code.instantiate(spec);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true) && owners.decrementAndGet() == 0) {
            code.close();
        }
    }
}

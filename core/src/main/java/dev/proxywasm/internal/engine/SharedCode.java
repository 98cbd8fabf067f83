package dev.proxywasm.internal.engine;

import dev.proxywasm.internal.wasm.ModuleInfo;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One owner's share in compiled code; the code is released when the last owner has closed its share. Any thread. */
public final class SharedCode implements CompiledModule {

    private final CompiledModule code;
    private final AtomicInteger owners;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Of the first owner. Takes the code over. */
    public SharedCode(CompiledModule code) {
        this(code, new AtomicInteger(1));
    }

    private SharedCode(CompiledModule code, AtomicInteger owners) {
        this.code = code;
        this.owners = owners;
    }

    /**
     * The share of one more owner.
     *
     * @throws IllegalStateException if the code has been released
     */
    public SharedCode forAnother() {
        if (owners.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
            throw new IllegalStateException("the compiled code has been released");
        }
        return new SharedCode(code, owners);
    }

    /** Whether no owner is left. */
    boolean isReleased() {
        return owners.get() == 0;
    }

    @Override
    public ModuleInfo info() {
        return code.info();
    }

    @Override
    public String engine() {
        return code.engine();
    }

    @Override
    public StackRoom stackRoom() {
        return code.stackRoom();
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

package dev.proxywasm.internal.fastpath;

import dev.proxywasm.internal.engine.CompiledModule;
import dev.proxywasm.internal.engine.GuestCalls;
import dev.proxywasm.internal.engine.GuestMemory;
import dev.proxywasm.internal.engine.HostcallFrame;
import dev.proxywasm.internal.engine.HostcallHandler;
import dev.proxywasm.internal.engine.InstanceSpec;
import dev.proxywasm.internal.engine.ModuleLimits;
import dev.proxywasm.internal.engine.PlainHostcall;
import dev.proxywasm.internal.engine.SandboxCode;
import dev.proxywasm.internal.engine.StackRoom;
import dev.proxywasm.internal.engine.TestEngine;
import dev.proxywasm.internal.engine.WasmEngine;
import dev.proxywasm.internal.engine.WasmInstance;
import dev.proxywasm.internal.wasm.Import;
import dev.proxywasm.internal.wasm.ModuleInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The real engine, with its entries and crossings counted, and with or without the code in the sandbox. */
final class ObservedEngine implements WasmEngine {

    private final WasmEngine real;
    private final boolean hasFastPath;
    private final List<String> crossings = new ArrayList<>();
    private final List<WasmInstance> instances = new ArrayList<>();
    private int entries;
    private boolean recording = true;

    /** Wasmtime. */
    ObservedEngine(boolean hasFastPath) {
        this(TestEngine.WASMTIME, hasFastPath);
    }

    ObservedEngine(TestEngine engine, boolean hasFastPath) {
        this.real = engine.shared();
        this.hasFastPath = hasFastPath;
    }

    /** The hostcalls that crossed to Java since the last {@link #forget}, by name. */
    List<String> crossings() {
        return List.copyOf(crossings);
    }

    /** How often a guest was entered since the last {@link #forget}. */
    int entries() {
        return entries;
    }

    void forget() {
        crossings.clear();
        entries = 0;
    }

    /** Stops counting, which takes memory. */
    void stopRecording() {
        recording = false;
    }

    /** The memory of the instance that was made last. */
    GuestMemory memory() {
        return instances.get(instances.size() - 1).memory();
    }

    @Override
    public CompiledModule compile(String name, byte[] module, ModuleLimits limits) {
        return new Module(real.compile(name, module, limits));
    }

    /** Leaves the real engine open: all tests use it. */
    @Override
    public void close() {}

    private final class Module implements CompiledModule {
        private final CompiledModule real;

        Module(CompiledModule real) {
            this.real = real;
        }

        @Override
        public ModuleInfo info() {
            return real.info();
        }

        @Override
        public String engine() {
            return real.engine();
        }

        @Override
        public StackRoom stackRoom() {
            return real.stackRoom();
        }

        @Override
        public WasmInstance instantiate(InstanceSpec spec) {
            InstanceSpec observed = new InstanceSpec(
                    new Counter(spec.hostcalls(), info().importedFunctions()),
                    spec.entryPoints(),
                    spec.allocator(),
                    hasFastPath ? spec.sandbox() : SandboxCode.NONE,
                    spec.startTimeoutNanos(),
                    spec.hostcallsPerEntry());
            WasmInstance instance = new Instance(real.instantiate(observed));
            instances.add(instance);
            return instance;
        }

        @Override
        public void close() {
            real.close();
        }
    }

    private final class Counter implements HostcallHandler {
        private final HostcallHandler real;
        private final List<Import> imports;

        Counter(HostcallHandler real, List<Import> imports) {
            this.real = real;
            this.imports = imports;
        }

        @Override
        public void hostcall(int importIndex, HostcallFrame frame) {
            if (recording) {
                crossings.add(imports.get(importIndex).name());
            }
            real.hostcall(importIndex, frame);
        }

        @Override
        public @Nullable PlainHostcall plain(int importIndex) {
            return real.plain(importIndex);
        }

        @Override
        public void attach(WasmInstance instance) {
            real.attach(instance);
        }
    }

    private final class Instance implements WasmInstance {
        private final WasmInstance real;

        Instance(WasmInstance real) {
            this.real = real;
        }

        @Override
        public void run(GuestCalls calls, long timeoutNanos) {
            entries++;
            real.run(calls, timeoutNanos);
        }

        @Override
        public boolean hasEntryPoint(int entryPoint) {
            return real.hasEntryPoint(entryPoint);
        }

        @Override
        public int entryPointArity(int entryPoint) {
            return real.entryPointArity(entryPoint);
        }

        @Override
        public GuestCalls newCalls() {
            return real.newCalls();
        }

        @Override
        public int allocate(int size) {
            return real.allocate(size);
        }

        @Override
        public GuestMemory memory() {
            return real.memory();
        }

        @Override
        public ByteBuffer sandboxRegion() {
            return real.sandboxRegion();
        }

        @Override
        public int sandboxRegionBase() {
            return real.sandboxRegionBase();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}

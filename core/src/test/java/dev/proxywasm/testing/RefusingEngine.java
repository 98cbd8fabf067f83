package dev.proxywasm.testing;

import dev.proxywasm.internal.engine.CompiledModule;
import dev.proxywasm.internal.engine.InstanceSpec;
import dev.proxywasm.internal.engine.ModuleLimits;
import dev.proxywasm.internal.engine.StackRoom;
import dev.proxywasm.internal.engine.TestEngine;
import dev.proxywasm.internal.engine.WasmEngine;
import dev.proxywasm.internal.engine.WasmInstance;
import dev.proxywasm.internal.wasm.ModuleInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real engine that makes no instance while it is told not to, and remembers those that it made. */
public final class RefusingEngine implements WasmEngine {

    private final WasmEngine engine = TestEngine.JVM.shared();
    private @Nullable RuntimeException refusal;
    private int refused;
    private final List<WasmInstance> made = new ArrayList<>();

    /** Throws this instead of making instances; null to make them again. */
    public void refuse(@Nullable RuntimeException with) {
        refusal = with;
    }

    /** The instances, in order. */
    public List<WasmInstance> made() {
        return made;
    }

    /** How often it was asked in vain. */
    public int refused() {
        return refused;
    }

    @Override
    public CompiledModule compile(String name, byte[] module, ModuleLimits limits) {
        return new Module(engine.compile(name, module, limits));
    }

    @Override
    public void close() {}

    private final class Module implements CompiledModule {

        private final CompiledModule module;

        Module(CompiledModule module) {
            this.module = module;
        }

        @Override
        public ModuleInfo info() {
            return module.info();
        }

        @Override
        public String engine() {
            return module.engine();
        }

        @Override
        public StackRoom stackRoom() {
            return module.stackRoom();
        }

        @Override
        public WasmInstance instantiate(InstanceSpec spec) {
            if (refusal != null) {
                refused++;
                throw refusal;
            }
            WasmInstance instance = module.instantiate(spec);
            made.add(instance);
            return instance;
        }

        @Override
        public void close() {
            module.close();
        }
    }
}

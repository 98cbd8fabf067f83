package dev.proxywasm.benchmarks.peer;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import io.roastedroot.proxywasm.PluginFactory;
import io.roastedroot.proxywasm.SimpleMetricsHandler;
import io.roastedroot.proxywasm.SimpleSharedDataHandler;
import io.roastedroot.proxywasm.SimpleSharedQueueHandler;
import io.roastedroot.proxywasm.internal.Plugin;
import java.nio.file.Path;
import java.util.function.Function;

/** A module, compiled to Java bytecode once, of which instances are made. */
final class PeerModule {

    private final WasmModule module;
    private final Function<Instance, Machine> machines;

    PeerModule(Path file) {
        module = Parser.parse(file);
        machines = MachineFactoryCompiler.compile(module);
    }

    /** A factory of plugins: one for all requests, or a new one for each. */
    PluginFactory plugins(boolean shared) {
        return PluginFactory.builder(module)
                .withName("sample-filter")
                .withShared(shared)
                .withMachineFactory(machines)
                .withLogger(new DroppedLog())
                .withMetricsHandler(new SimpleMetricsHandler())
                .withSharedDataHandler(new SimpleSharedDataHandler())
                .withSharedQueueHandler(new SimpleSharedQueueHandler())
                .build();
    }

    /** A started plugin. */
    static Plugin start(PluginFactory plugins) {
        try {
            return (Plugin) plugins.create();
        } catch (Exception e) { // as the peer's interface declares it
            throw new IllegalStateException("the peer cannot start the filter: " + e.getMessage(), e);
        }
    }
}

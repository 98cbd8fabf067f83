package dev.proxywasm.internal.vm;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.PluginLoadException;
import dev.proxywasm.internal.callback.GuestExports;
import dev.proxywasm.internal.callback.UnsupportedGuestException;
import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.engine.ModuleLimits;
import dev.proxywasm.internal.engine.SharedCode;
import dev.proxywasm.internal.engine.WasmEngine;
import dev.proxywasm.internal.hostcall.LinkedHostcalls;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin's module, compiled and understood: what its instances are made from.
 *
 * @param plugin how the module is used
 * @param code the compiled module; owned, maybe with others
 * @param exports what the host may call
 * @param hostcalls what the guest may call
 */
public record PluginModule(PluginConfig plugin, SharedCode code, GuestExports exports, LinkedHostcalls hostcalls)
        implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.vm");

    /** Far above what compilers make (a large Go module has 6,000), far below what hurts. */
    private static final int TABLE_ELEMENTS = 1_000_000;

    /**
     * Compiles a module.
     *
     * @param address where the bytes came from, for messages
     * @throws PluginLoadException if it cannot be used as this plugin; names plugin, address and cause
     */
    public static PluginModule compile(WasmEngine engine, PluginConfig plugin, String address, byte[] binary) {
        String name = "plugin '" + plugin.name() + "' (" + address + ")";
        SharedCode code;
        try {
            ModuleLimits limits = new ModuleLimits(plugin.limits().memoryBytes(), TABLE_ELEMENTS);
            code = new SharedCode(engine.compile(address, binary, limits));
        } catch (EngineException rejected) {
            throw new PluginLoadException(name + ": " + rejected.getMessage(), rejected);
        }
        boolean usable = false;
        try {
            GuestExports exports = GuestExports.of(code.info(), plugin.capabilities());
            List<String> unknown = LinkedHostcalls.unknownImports(code.info());
            if (!unknown.isEmpty()) {
                LOG.warn(
                        "{} imports functions that no Proxy-Wasm host has: {}. It runs until it calls one.",
                        name,
                        unknown);
            }
            PluginModule module =
                    new PluginModule(plugin, code, exports, LinkedHostcalls.link(code.info(), plugin.capabilities()));
            usable = true;
            return module;
        } catch (UnsupportedGuestException unsupported) {
            throw new PluginLoadException(name + ": the module " + unsupported.getMessage(), unsupported);
        } finally {
            if (!usable) {
                code.close();
            }
        }
    }

    /** The same module for VMs of their own that have another configuration; closed on its own. */
    public PluginModule configured(String configuration) {
        PluginConfig other = plugin.toBuilder()
                .configuration(configuration)
                .overrides(List.of())
                .build();
        return new PluginModule(other, code.forAnother(), exports, hostcalls);
    }

    /** Releases the code once no instance uses it. */
    @Override
    public void close() {
        code.close();
    }
}

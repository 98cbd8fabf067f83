package dev.proxywasm.internal.engine.wasmtime;

import io.github.kawamuray.wasmtime.Module;
import io.github.kawamuray.wasmtime.WasmtimeException;

/**
 * H and L, compiled for a plan.
 *
 * @param plan what they were written from
 * @param host H
 * @param lens L
 */
record BridgeModules(BridgePlan plan, Module host, Module lens) {

    /** Writes and compiles both. */
    static BridgeModules compile(NativeEngine engine, BridgePlan plan) {
        Module host = compile(engine, HostModule.wat(plan), "host module (is the sandbox code valid?)");
        try {
            return new BridgeModules(plan, host, compile(engine, LensModule.wat(plan), "lens"));
        } catch (RuntimeException | Error e) {
            host.dispose();
            throw e;
        }
    }

    private static Module compile(NativeEngine engine, byte[] wat, String what) {
        try {
            return engine.compile(wat);
        } catch (WasmtimeException e) {
            throw new IllegalStateException(
                    "the %s of the bridge does not compile: %s".formatted(what, e.getMessage()), e);
        }
    }

    /** Releases both. */
    void dispose() {
        lens.dispose();
        host.dispose();
    }
}

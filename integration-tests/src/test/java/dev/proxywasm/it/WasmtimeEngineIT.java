package dev.proxywasm.it;

import dev.proxywasm.Engine;
import dev.proxywasm.it.contract.AdapterContract;
import dev.proxywasm.it.contract.Difference;
import dev.proxywasm.it.contract.Http1Cases;
import dev.proxywasm.it.contract.Plugins;
import dev.proxywasm.it.contract.ServletCases;
import java.util.Set;

/** One server with all guests on the native engine: elsewhere small ones run on the JVM. */
class WasmtimeEngineIT extends AdapterContract implements Http1Cases, ServletCases {
    WasmtimeEngineIT() {
        super(
                "Undertow, guests on Wasmtime",
                (plugins, application) -> new UndertowServer(Plugins.on(Engine.WASMTIME, plugins), application));
    }

    @Override
    public Set<Difference> differences() {
        return UndertowServer.DIFFERENCES;
    }
}

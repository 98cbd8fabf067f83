package dev.proxywasm.it;

import dev.proxywasm.Engine;
import dev.proxywasm.it.contract.AdapterContract;
import dev.proxywasm.it.contract.Difference;
import dev.proxywasm.it.contract.Http1Cases;
import dev.proxywasm.it.contract.Plugins;
import dev.proxywasm.it.contract.ServletCases;
import java.util.Set;

/** One server with all guests on the engine that is not the usual one. */
class JvmEngineIT extends AdapterContract implements Http1Cases, ServletCases {
    JvmEngineIT() {
        super(
                "Undertow, guests on the JVM",
                (plugins, application) -> new UndertowServer(Plugins.on(Engine.JVM, plugins), application));
    }

    @Override
    public Set<Difference> differences() {
        return UndertowServer.DIFFERENCES;
    }
}

package dev.proxywasm.it;

import dev.proxywasm.it.contract.AdapterContract;
import dev.proxywasm.it.contract.Difference;
import dev.proxywasm.it.contract.Http1Cases;
import dev.proxywasm.it.contract.ServletCases;
import io.undertow.Version;
import java.util.Set;

class UndertowIT extends AdapterContract implements Http1Cases, ServletCases {
    UndertowIT() {
        super("Undertow " + Version.getVersionString(), UndertowServer::new);
    }

    @Override
    public Set<Difference> differences() {
        return UndertowServer.DIFFERENCES;
    }
}

package dev.proxywasm.it;

import dev.proxywasm.it.contract.AdapterContract;
import dev.proxywasm.it.contract.Difference;
import dev.proxywasm.it.contract.Http2Cases;
import dev.proxywasm.it.contract.ServletCases;
import io.undertow.Version;
import java.net.http.HttpClient;
import java.util.Set;

class UndertowHttp2IT extends AdapterContract implements Http2Cases, ServletCases {
    UndertowHttp2IT() {
        super("Undertow " + Version.getVersionString() + " (h2c)", UndertowServer::new, HttpClient.Version.HTTP_2);
    }

    @Override
    public Set<Difference> differences() {
        return UndertowServer.DIFFERENCES;
    }
}

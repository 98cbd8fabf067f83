package dev.proxywasm.it;

import dev.proxywasm.ProxyWasm;
import dev.proxywasm.it.contract.Application;
import dev.proxywasm.it.contract.TestServer;
import dev.proxywasm.jetty.ProxyWasmHandler;
import dev.proxywasm.servlet.ProxyWasmFilter;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.Server;

/** The servers that share one class path, over a host that a test can ask what it holds. */
enum HostedServer {
    JETTY((host, buffers, application) ->
            new JettyServer(new Server(null, null, buffers), new ProxyWasmFilter(host), application)),
    JETTY_HANDLER((host, buffers, application) -> new JettyHandlerServer(
            new Server(null, null, buffers), new ProxyWasmHandler(host), new JettyCallHandler(application))),
    TOMCAT((host, buffers, application) -> new TomcatServer(new ProxyWasmFilter(host), application)),
    UNDERTOW((host, buffers, application) -> new UndertowServer(new ProxyWasmFilter(host), application));

    /** Starts a server; Jetty with that pool. */
    interface Starter {
        TestServer start(ProxyWasm host, ByteBufferPool buffers, Application application) throws Exception;
    }

    @SuppressWarnings("ImmutableEnumChecker") // a function, which has no state
    private final Starter starter;

    HostedServer(Starter starter) {
        this.starter = starter;
    }

    TestServer start(ProxyWasm host, ByteBufferPool buffers, Application application) throws Exception {
        return starter.start(host, buffers, application);
    }
}

package dev.proxywasm.it;

import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.it.contract.Application;
import dev.proxywasm.it.contract.TestServer;
import dev.proxywasm.jetty.ProxyWasmHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;

/** Jetty 12.1 with the plugins in a handler, above whatever is the application. */
final class JettyHandlerServer extends RunningJetty {

    private JettyHandlerServer(ProxyWasmConfig plugins, Handler application) throws Exception {
        this(new Server(), new ProxyWasmHandler(plugins), application);
    }

    /** On a server that has not started, whose connectors are asked for first. */
    JettyHandlerServer(Server server, ProxyWasmHandler filters, Handler application) throws Exception {
        super(server, above(application, filters));
    }

    private static Handler above(Handler application, ProxyWasmHandler filters) {
        filters.setHandler(application);
        return filters;
    }

    /** Above a plain handler. */
    static TestServer plain(ProxyWasmConfig plugins, Application application) throws Exception {
        return new JettyHandlerServer(plugins, new JettyCallHandler(application));
    }

    /** Above the servlet container of ee10. */
    static TestServer ee10(ProxyWasmConfig plugins, Application application) throws Exception {
        return new JettyHandlerServer(plugins, Ee10Context.of(application));
    }

    /** Above the servlet container of ee11. */
    static TestServer ee11(ProxyWasmConfig plugins, Application application) throws Exception {
        return new JettyHandlerServer(plugins, Ee11Context.of(application));
    }
}

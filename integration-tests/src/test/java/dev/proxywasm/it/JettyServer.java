package dev.proxywasm.it;

import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.it.contract.Application;
import dev.proxywasm.servlet.ProxyWasmFilter;
import org.eclipse.jetty.server.Server;

/** Jetty 12.1 with its ee10 servlet container. */
final class JettyServer extends RunningJetty {

    JettyServer(ProxyWasmConfig plugins, Application application) throws Exception {
        this(new ProxyWasmFilter(plugins), application);
    }

    JettyServer(ProxyWasmFilter filter, Application application) throws Exception {
        this(new Server(), filter, application);
    }

    /** On a server that has not started, whose connectors are asked for first. */
    JettyServer(Server server, ProxyWasmFilter filter, Application application) throws Exception {
        super(server, Ee10Context.of(filter, application));
    }
}

package dev.proxywasm.it;

import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.it.contract.Application;
import dev.proxywasm.servlet.ProxyWasmFilter;
import org.eclipse.jetty.server.Server;

/** Jetty 12.1 with its ee11 servlet container. */
final class JettyEe11Server extends RunningJetty {

    JettyEe11Server(ProxyWasmConfig plugins, Application application) throws Exception {
        super(new Server(), Ee11Context.of(new ProxyWasmFilter(plugins), application));
    }
}

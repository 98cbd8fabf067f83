package dev.proxywasm.it;

import dev.proxywasm.it.contract.AdapterContract;
import dev.proxywasm.it.contract.Http1Cases;
import org.eclipse.jetty.server.Server;

class JettyHandlerIT extends AdapterContract implements Http1Cases {
    JettyHandlerIT() {
        super("Jetty " + Server.getVersion() + " handler", JettyHandlerServer::plain);
    }
}

package dev.proxywasm.it;

import dev.proxywasm.it.contract.AdapterContract;
import dev.proxywasm.it.contract.Http1Cases;
import dev.proxywasm.it.contract.ServletCases;
import org.eclipse.jetty.server.Server;

class JettyIT extends AdapterContract implements Http1Cases, ServletCases {
    JettyIT() {
        super("Jetty " + Server.getVersion() + " ee10", JettyServer::new);
    }
}

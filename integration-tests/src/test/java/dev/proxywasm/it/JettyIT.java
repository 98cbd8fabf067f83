package dev.proxywasm.it;

import dev.proxywasm.it.contract.AdapterContract;
import dev.proxywasm.it.contract.Difference;
import dev.proxywasm.it.contract.Http1Cases;
import dev.proxywasm.it.contract.ServletCases;
import java.util.Set;
import org.eclipse.jetty.server.Server;

class JettyIT extends AdapterContract implements Http1Cases, ServletCases {
    JettyIT() {
        super("Jetty " + Server.getVersion() + " ee10", JettyServer::new);
    }

    @Override
    public Set<Difference> differences() {
        return Set.of(Difference.UPGRADED_CONNECTION_ENDS);
    }
}

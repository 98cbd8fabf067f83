package dev.proxywasm.it;

import dev.proxywasm.it.contract.AdapterContract;
import dev.proxywasm.it.contract.Difference;
import dev.proxywasm.it.contract.Http1Cases;
import dev.proxywasm.it.contract.ServletCases;
import java.util.Set;
import org.eclipse.jetty.server.Server;

class JettyHandlerEe10IT extends AdapterContract implements Http1Cases, ServletCases {
    JettyHandlerEe10IT() {
        super("Jetty " + Server.getVersion() + " handler above ee10", JettyHandlerServer::ee10);
    }

    @Override
    public Set<Difference> differences() {
        return Set.of(Difference.UPGRADED_CONNECTION_ENDS, Difference.PARTS_PASS_PLUGINS);
    }
}

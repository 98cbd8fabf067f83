package dev.proxywasm.it;

import dev.proxywasm.it.contract.AdapterContract;
import dev.proxywasm.it.contract.Difference;
import dev.proxywasm.it.contract.Http1Cases;
import dev.proxywasm.it.contract.ServletCases;
import java.util.Set;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Tag;

@Tag("servlet-6.1")
class JettyHandlerEe11IT extends AdapterContract implements Http1Cases, ServletCases {
    JettyHandlerEe11IT() {
        super("Jetty " + Server.getVersion() + " handler above ee11", JettyHandlerServer::ee11);
    }

    @Override
    public Set<Difference> differences() {
        return Set.of(Difference.UPGRADED_CONNECTION_ENDS, Difference.PARTS_PASS_PLUGINS);
    }
}

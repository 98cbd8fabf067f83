package dev.proxywasm.it;

import dev.proxywasm.it.contract.AdapterContract;
import dev.proxywasm.it.contract.Difference;
import dev.proxywasm.it.contract.Http2Cases;
import dev.proxywasm.it.contract.ServletCases;
import java.net.http.HttpClient.Version;
import java.util.Set;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Tag;

@Tag("servlet-6.1")
class JettyEe11Http2IT extends AdapterContract implements Http2Cases, ServletCases {
    JettyEe11Http2IT() {
        super("Jetty " + Server.getVersion() + " ee11 (h2c)", JettyEe11Server::new, Version.HTTP_2);
    }

    @Override
    public Set<Difference> differences() {
        return Set.of(Difference.UPGRADED_CONNECTION_ENDS);
    }
}

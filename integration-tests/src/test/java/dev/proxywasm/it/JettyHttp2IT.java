package dev.proxywasm.it;

import dev.proxywasm.it.contract.AdapterContract;
import dev.proxywasm.it.contract.Difference;
import dev.proxywasm.it.contract.Http2Cases;
import dev.proxywasm.it.contract.ServletCases;
import java.net.http.HttpClient.Version;
import java.util.Set;
import org.eclipse.jetty.server.Server;

class JettyHttp2IT extends AdapterContract implements Http2Cases, ServletCases {
    JettyHttp2IT() {
        super("Jetty " + Server.getVersion() + " ee10 (h2c)", JettyServer::new, Version.HTTP_2);
    }

    @Override
    public Set<Difference> differences() {
        return Set.of(Difference.UPGRADED_CONNECTION_ENDS);
    }
}

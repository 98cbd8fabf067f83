package dev.proxywasm.it;

import dev.proxywasm.it.contract.AdapterContract;
import dev.proxywasm.it.contract.ServletCases;
import java.net.http.HttpClient.Version;
import org.eclipse.jetty.server.Server;

class JettyHttp2IT extends AdapterContract implements ServletCases {
    JettyHttp2IT() {
        super("Jetty " + Server.getVersion() + " ee10 (h2c)", JettyServer::new, Version.HTTP_2);
    }
}

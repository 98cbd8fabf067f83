package dev.proxywasm.it;

import dev.proxywasm.it.contract.AdapterContract;
import java.net.http.HttpClient.Version;
import org.eclipse.jetty.server.Server;

class JettyHandlerHttp2IT extends AdapterContract {
    JettyHandlerHttp2IT() {
        super("Jetty " + Server.getVersion() + " handler (h2c)", JettyHandlerServer::plain, Version.HTTP_2);
    }
}

package dev.proxywasm.it;

import dev.proxywasm.it.contract.TestServer;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty 12.1 with some handler, over HTTP/1.1 and HTTP/2 in clear text. */
class RunningJetty implements TestServer {

    private final Server server;

    /** On a server that has not started; connectors that it already has are asked for first. */
    RunningJetty(Server server, Handler handler) throws Exception {
        this.server = server;
        HttpConfiguration http = new HttpConfiguration();
        server.addConnector(
                new ServerConnector(server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http)));
        server.setHandler(handler);
        server.start();
    }

    @Override
    public final int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    @Override
    public final void stop() throws Exception {
        server.stop();
    }
}

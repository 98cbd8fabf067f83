package dev.proxywasm.samples.jetty;

import dev.proxywasm.ProxyWasmConfigReader;
import dev.proxywasm.jetty.ProxyWasmHandler;
import java.nio.file.Path;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/** A service without a servlet container, behind the filters that {@code proxy-wasm.yaml} names. */
public final class Microservice {

    private Microservice() {}

    /** Serves until the process ends. The arguments are the configuration, and the port, 18081 by default. */
    public static void main(String[] arguments) throws Exception {
        int port = arguments.length < 2 ? 18081 : Integer.parseInt(arguments[1]);
        Server server = start(Path.of(arguments[0]), port);
        System.out.printf("Ready on http://localhost:%d/ (Ctrl-C stops it). In another terminal, try:%n%n", port);
        System.out.printf("  curl -i -d 'hello' localhost:%d/%n", port);
        System.out.printf("  curl -i localhost:%d/private%n%n", port);
        server.join();
    }

    static Server start(Path configuration, int port) throws Exception {
        Server server = new Server(port);
        ProxyWasmHandler filters = new ProxyWasmHandler(ProxyWasmConfigReader.yaml(configuration));
        filters.setHandler(new Echo());
        server.setHandler(filters);
        server.start();
        return server;
    }

    /** The service: sends back what it is sent, and never waits for a slow client. */
    static final class Echo extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Content.copy(request, response, callback);
            return true;
        }
    }
}

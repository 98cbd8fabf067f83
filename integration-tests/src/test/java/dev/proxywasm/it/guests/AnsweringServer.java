package dev.proxywasm.it.guests;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;

/** A real HTTP server that answers a call with what it got, trailers included, and has a trailer of its own. */
final class AnsweringServer implements AutoCloseable {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    AnsweringServer() {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Answering());
        LifeCycle.start(server);
    }

    String uri() {
        return "http://127.0.0.1:" + connector.getLocalPort();
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }

    private static final class Answering extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            String body = Content.Source.asString(request);
            HttpFields trailers = request.getTrailers();
            String answer = String.join(
                    " ",
                    request.getMethod(),
                    request.getHttpURI().getPathQuery(),
                    Request.getServerName(request),
                    request.getHeaders().get("x-guest"),
                    body,
                    trailers == null ? "without trailers" : trailers.get("x-guest-trailer"));
            HttpFields own = HttpFields.build().add("x-sum", "42");
            response.setTrailersSupplier(() -> own);
            Content.Sink.write(response, true, answer, callback);
            return true;
        }
    }
}

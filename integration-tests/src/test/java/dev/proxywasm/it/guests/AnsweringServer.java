package dev.proxywasm.it.guests;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    private volatile Held held = new Held(new CountDownLatch(1), new CountDownLatch(0));

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

    /** Lets calls wait from here on, until they are released. */
    Held hold() {
        Held next = new Held(new CountDownLatch(1), new CountDownLatch(1));
        held = next;
        return next;
    }

    /** Calls that have come and are not answered. */
    record Held(CountDownLatch asked, CountDownLatch released) {

        void awaitQuestion() throws InterruptedException {
            await(asked);
        }

        void release() {
            released.countDown();
        }

        private static void await(CountDownLatch latch) throws InterruptedException {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("the test did not go on");
            }
        }
    }

    private final class Answering extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            String body = Content.Source.asString(request);
            Held waiting = held;
            waiting.asked().countDown();
            Held.await(waiting.released());
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

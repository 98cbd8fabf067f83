package dev.proxywasm.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicReference;

/** A real server with one application behind the filter, over a scripted chain. */
abstract class TestServer {

    /** What the application does with a request. */
    interface Application {
        void handle(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    /** What the filter is mapped for. */
    static final EnumSet<DispatcherType> DISPATCHES =
            EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);

    /** The status for which there is an error page, the application's own at {@code /page}. */
    static final int STATUS_WITH_PAGE = 410;

    final ScriptedHost host = new ScriptedHost();
    final AtomicReference<Throwable> applicationFailure = new AtomicReference<>();
    volatile Application application = (request, response) -> {};
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The port that it listens on. */
    abstract int port();

    /** The application, for the server to map to all paths of the context {@code /app}. */
    HttpServlet servlet() {
        return new Dispatcher();
    }

    /** Whether headers that were set before an exception reach the client. */
    boolean keepsHeadersOnExceptions() {
        return true;
    }

    /** Whether a session's cookie is among the headers before the response is committed. */
    boolean showsSessionCookies() {
        return true;
    }

    /** Whether an exception after the response has begun reaches the client as a broken response instead of a short one. */
    boolean cutsConnectionsOnExceptions() {
        return true;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/app" + path));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return client.send(request.build(), handler);
    }

    /** Stops listening and serving. */
    abstract void stop() throws Exception;

    private final class Dispatcher extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            try {
                application.handle(request, response);
            } catch (IOException | ServletException | RuntimeException e) {
                applicationFailure.set(e);
                throw e;
            }
        }
    }
}

package dev.proxywasm.internal.module.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A web server on loopback that answers as a test says, well or badly. */
public final class ScriptedServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Deque<HttpHandler>> scripts = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    /** A server that knows no path yet. */
    public ScriptedServer() {
        this(Optional.empty());
    }

    /** The same with TLS. */
    public ScriptedServer(SSLContext tls) {
        this(Optional.of(new HttpsConfigurator(tls)));
    }

    private ScriptedServer(Optional<HttpsConfigurator> tls) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            server = tls.isPresent() ? HttpsServer.create(any, 0) : HttpServer.create(any, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (server instanceof HttpsServer secured) {
            secured.setHttpsConfigurator(tls.orElseThrow());
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Answers a path, or a method and a path, in this order; the last answer repeats. */
    public ScriptedServer on(String path, HttpHandler... answers) {
        scripts.put(path, new ArrayDeque<>(List.of(answers)));
        return this;
    }

    /** An answer. Headers are names and values in turn. */
    public static HttpHandler answer(int status, byte[] body, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD") || status == 304;
            exchange.sendResponseHeaders(status, empty ? -1 : body.length);
            if (!empty) {
                exchange.getResponseBody().write(body);
            }
        };
    }

    /** An answer that ends before the length that it promises. */
    public static HttpHandler truncated(byte[] body, long promised) {
        return exchange -> {
            exchange.sendResponseHeaders(200, promised);
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
            throw new IOException("cut off on purpose");
        };
    }

    /** An answer that never ends, in its head or after some of its body. */
    public HttpHandler stalling(byte[] begin) {
        return exchange -> {
            if (begin.length > 0) {
                exchange.sendResponseHeaders(200, begin.length + 1L);
                exchange.getResponseBody().write(begin);
                exchange.getResponseBody().flush();
            }
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Method and path of every request so far. */
    public List<String> requests() {
        return requests;
    }

    /** The bodies of requests that had one. */
    public List<String> bodies() {
        return bodies;
    }

    /** How many requests of a method and path there were. */
    public long count(String request) {
        return requests.stream().filter(request::equals).count();
    }

    /** Host and port. */
    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** The address of a path. */
    public URI uri(String path) {
        return URI.create((server instanceof HttpsServer ? "https://" : "http://") + host() + path);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        String request = exchange.getRequestMethod() + " " + path;
        requests.add(request);
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (body.length > 0) {
                bodies.add(new String(body, UTF_8));
            }
            Deque<HttpHandler> script = scripts.getOrDefault(request, scripts.getOrDefault(path, new ArrayDeque<>()));
            next(script).handle(exchange);
        }
    }

    private static HttpHandler next(Deque<HttpHandler> script) {
        synchronized (script) {
            HttpHandler next = script.size() > 1 ? script.removeFirst() : script.peekFirst();
            return next == null ? answer(404, new byte[0]) : next;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}

package dev.proxywasm.it.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.proxywasm.ProxyWasmConfig;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A running server whose application each test replaces by its own, and clients for it. */
public final class Site implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    static {
        // What tests wait for behind an exchange has mostly happened already.
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
    }

    private final AtomicInteger calls = new AtomicInteger();
    private final HttpClient client;
    private final TestServer server;
    private volatile Application application = call -> {};

    /** Spoken to over HTTP/1.1. */
    public Site(TestServer.Starter starter, ProxyWasmConfig plugins) throws Exception {
        this(starter, plugins, Version.HTTP_1_1);
    }

    /** Spoken to over that version, which every response is held to. */
    public Site(TestServer.Starter starter, ProxyWasmConfig plugins, Version version) throws Exception {
        client =
                HttpClient.newBuilder().version(version).connectTimeout(TIMEOUT).build();
        server = starter.start(plugins, this::handle);
        if (version == Version.HTTP_2) {
            upgrade();
        }
    }

    private void handle(Call call) throws Exception {
        calls.incrementAndGet();
        application.handle(call);
    }

    /** The JDK's client gets to HTTP/2 in clear text by an upgrade of its first request, and goes on over that connection. */
    private void upgrade() throws IOException, InterruptedException {
        Version spoken = get("/none").version();
        if (spoken != Version.HTTP_2) {
            close();
            throw new IllegalStateException("the server does not upgrade to HTTP/2, and speaks " + spoken);
        }
    }

    public Version version() {
        return client.version();
    }

    public int port() {
        return server.port();
    }

    /** Replaces the application, and forgets how often it was called. */
    public void application(Application replacement) {
        application = replacement;
        calls.set(0);
    }

    /** Likewise, where it is a servlet. */
    public void servlet(ServletApplication replacement) {
        application(call -> {
            ServletCall servletCall = (ServletCall) call;
            replacement.handle(servletCall.request(), servletCall.response());
        });
    }

    /** How often the present application was called. */
    public int calls() {
        return calls.get();
    }

    /** A request below the context path. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(TIMEOUT);
    }

    public URI uri(String path) {
        return URI.create("http://localhost:" + server.port() + TestServer.CONTEXT + path);
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return askAgainIfReset(() -> send(request(path)));
    }

    public HttpResponse<String> post(String path, byte[] body) throws IOException, InterruptedException {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return send(request, BodyHandlers.ofString());
    }

    public <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        HttpResponse<T> response = client.send(request.build(), handler);
        if (response.version() != version()) {
            throw new IOException("the response came over " + response.version() + " instead of " + version());
        }
        return response;
    }

    private interface Question<T> {
        HttpResponse<T> ask() throws IOException, InterruptedException;
    }

    /**
     * Asks again, twice at most, if the stream was reset: over HTTP/2, Jetty resets that of an exception, at times before the client has read
     * the answer, without a filter too.
     */
    private static <T> HttpResponse<T> askAgainIfReset(Question<T> question) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                return question.ask();
            } catch (IOException e) {
                String problem = String.valueOf(e.getMessage()); // JDKs put words of their own between these
                if (!problem.contains("RST_STREAM") || !problem.endsWith("Stream cancelled")) {
                    throw e;
                }
            }
        }
        return question.ask();
    }

    /** Sends these lines as they are, with a Host and {@code Connection: close}, and answers all that comes back. */
    public String raw(String requestLine, String... headers) throws IOException {
        StringBuilder text = new StringBuilder(requestLine).append("\r\nHost: localhost\r\nConnection: close\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return exchange(text.append("\r\n").toString());
    }

    /** Sends this text as it is over a connection of its own, a byte for each character, and answers all that comes back. */
    public String exchange(String text) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    /** A connection on which reading gives up some time. */
    public Socket connect() throws IOException {
        Socket socket = new Socket("localhost", server.port());
        socket.setSoTimeout((int) TIMEOUT.toMillis());
        return socket;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server does not stop", e);
        }
    }
}

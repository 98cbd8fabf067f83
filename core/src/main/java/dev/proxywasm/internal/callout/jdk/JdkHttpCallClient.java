package dev.proxywasm.internal.callout.jdk;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.spi.Callout;
import dev.proxywasm.spi.CalloutRefusedException;
import dev.proxywasm.spi.ClientTls;
import dev.proxywasm.spi.HttpCall;
import dev.proxywasm.spi.HttpCallClient;
import dev.proxywasm.spi.HttpCallResult;
import dev.proxywasm.spi.HttpCallResult.Answer;
import dev.proxywasm.spi.HttpCallResult.Failure;
import dev.proxywasm.spi.TlsClients;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls with {@link HttpClient}: HTTP/1.1, and HTTP/2 where a TLS server offers it and the call is for the host of
 * its upstream's uri.
 *
 * <p>Takes nothing from the environment: no proxy, no cookies, no credentials; a redirect is an answer like any other. Limits of the JDK's
 * client: trailers cannot be sent or seen, and the order of header names in an answer is lost, while the order of values of one name is
 * kept. There is one of its clients for each {@link ClientTls}. The host name of a call is {@code :authority}: see {@link HostHeader}.
 */
public final class JdkHttpCallClient implements HttpCallClient {

    private static final AtomicInteger THREADS = new AtomicInteger();

    private final ExecutorService executor;
    private final TlsClients<HttpClient> clients;
    private final RequestBuilder requests;
    private final Set<Callout> underWay = ConcurrentHashMap.newKeySet();

    /** A client that has no connections yet; its threads end when idle. */
    public JdkHttpCallClient() {
        this.requests = new RequestBuilder(HostHeader.allow());
        this.executor = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "proxy-wasm-callout-" + THREADS.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.clients = new TlsClients<>(this::newClient, unused -> {});
    }

    private HttpClient newClient(Optional<ClientTls> tls) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .proxy(HttpClient.Builder.NO_PROXY)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(executor);
        tls.ifPresent(own -> secure(client, own));
        return client.build();
    }

    /** The client has good defaults of its own, which parameters would replace. */
    private static void secure(HttpClient.Builder client, ClientTls tls) {
        client.sslContext(tls.context());
        if (tls.protocols().isEmpty() && tls.ciphers().isEmpty()) {
            return;
        }
        SSLParameters parameters = tls.context().getDefaultSSLParameters();
        if (!tls.protocols().isEmpty()) {
            parameters.setProtocols(tls.protocols().toArray(String[]::new));
        }
        if (!tls.ciphers().isEmpty()) {
            parameters.setCipherSuites(tls.ciphers().toArray(String[]::new));
        }
        client.sslParameters(parameters);
    }

    @Override
    public Callout start(HttpCall call, Consumer<HttpCallResult> whenDone) {
        HttpRequest request = requests.build(call);
        if (executor.isShutdown()) {
            throw new CalloutRefusedException("the host is closing");
        }
        CompletableFuture<HttpResponse<ByteBuffer>> exchange =
                clients.client(call.tls()).sendAsync(request, head -> new LimitedBody(call.maxBodyBytes()));
        Callout callout = () -> exchange.cancel(true);
        underWay.add(callout);
        CompletableFuture<Void> unused = exchange.handle((response, failure) -> {
            underWay.remove(callout);
            whenDone.accept(result(response, failure));
            return null;
        });
        return callout;
    }

    private static HttpCallResult result(@Nullable HttpResponse<ByteBuffer> response, @Nullable Throwable failure) {
        return response == null ? new Failure(reason(failure)) : answer(response);
    }

    private static Answer answer(HttpResponse<ByteBuffer> response) {
        HeaderMap headers = new HeaderMap();
        headers.add(":status", Integer.toString(response.statusCode()));
        response.headers().map().forEach((name, values) -> {
            if (!HeaderMap.isPseudo(name)) {
                values.forEach(value -> headers.add(name, value));
            }
        });
        return new Answer(headers, response.body(), new HeaderMap(0));
    }

    private static String reason(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause);
    }

    @Override
    public boolean supportsTrailers() {
        return false;
    }

    /** Idle connections close when the JDK's client finds itself unused: before Java 21 it cannot be told to. */
    @Override
    public void close() {
        executor.shutdown();
        clients.close();
        underWay.forEach(Callout::cancel);
    }
}

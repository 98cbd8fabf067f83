package dev.proxywasm.httpclient;

import dev.proxywasm.spi.Callout;
import dev.proxywasm.spi.CalloutRefusedException;
import dev.proxywasm.spi.ClientTls;
import dev.proxywasm.spi.HttpCall;
import dev.proxywasm.spi.HttpCallClient;
import dev.proxywasm.spi.HttpCallResult;
import dev.proxywasm.spi.TlsClients;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.io.CloseMode;

/**
 * Makes calls with Apache HttpClient: HTTP/1.1, and HTTP/2 where a TLS server offers it, with trailers in both directions.
 *
 * <p>Takes nothing from the environment: no proxy, no cookies, no credentials; a redirect is an answer like any other, and no call is
 * repeated. A TLS server must have a certificate for the host of its upstream's uri that the call's {@link ClientTls} trusts, or else the
 * JVM's default {@link javax.net.ssl.SSLContext}. There is one of Apache's clients for each {@link ClientTls}.
 */
public final class ApacheHttpCallClient implements HttpCallClient {

    private static final long IDLE_THREAD_SECONDS = 5;
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final TlsClients<CloseableHttpAsyncClient> clients;
    private final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();

    /** Starts calls: finding the address of a host may block, and callers hold a lock. Its threads end when idle. */
    private final ExecutorService starter;

    /** A client that has no connections yet. */
    public ApacheHttpCallClient() {
        ThreadFactory threads = task -> {
            Thread thread = new Thread(task, "proxy-wasm-http-" + THREADS.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        starter = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_THREAD_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
        clients = new TlsClients<>(tls -> newClient(tls, threads), client -> client.close(CloseMode.IMMEDIATE));
    }

    private CloseableHttpAsyncClient newClient(Optional<ClientTls> tls, ThreadFactory threads) {
        CloseableHttpAsyncClient client = BareClient.create(tls, threads, starter::isShutdown);
        client.start();
        return client;
    }

    @Override
    public Callout start(HttpCall call, Consumer<HttpCallResult> whenDone) {
        AsyncRequestProducer request = RequestMessage.of(call);
        HttpHost server = server(call.upstream());
        AnswerMessage answer = new AnswerMessage(call.maxBodyBytes());
        CloseableHttpAsyncClient client = clients.client(call.tls());
        Exchange exchange = new Exchange(call, underWay, whenDone);
        underWay.add(exchange);
        try {
            starter.execute(() ->
                    exchange.run(() -> client.execute(server, request, answer, null, exchange.context(), exchange)));
        } catch (RejectedExecutionException closing) {
            underWay.remove(exchange);
            throw new CalloutRefusedException("the host is closing");
        }
        return exchange;
    }

    /** An URI has brackets around the address of IPv6, a host has none. */
    private static HttpHost server(URI upstream) {
        String host = upstream.getHost();
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new HttpHost(upstream.getScheme(), name, upstream.getPort());
    }

    @Override
    public void close() {
        starter.shutdown();
        underWay.forEach(Exchange::cancel);
        clients.close();
    }
}

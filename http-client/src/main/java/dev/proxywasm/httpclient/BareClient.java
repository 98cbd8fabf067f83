package dev.proxywasm.httpclient;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.proxywasm.spi.ClientTls;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Apache's client without what it does by itself: redirects, cookies, authentication, compression, repetitions. */
final class BareClient {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.callout");

    /** Unless the plugin gives one. */
    private static final String NAME = "proxy-wasm";

    /** Plugins have limits of their own for their calls. */
    private static final int MOST_CONNECTIONS = 10_000;

    private static final TimeValue IDLE = TimeValue.ofSeconds(30);
    private static final int MOST_HEADERS = 1000;
    private static final int LONGEST_HEADER = 64 << 10;
    private static final int MOST_HEADER_BYTES = 1 << 20;

    private BareClient() {}

    static CloseableHttpAsyncClient create(Optional<ClientTls> tls, ThreadFactory threads, BooleanSupplier closing) {
        return HttpAsyncClientBuilder.create()
                .setConnectionManager(connections(tls))
                .setRoutePlanner(toWhereTheCallGoes())
                .setThreadFactory(threads)
                .setIoReactorExceptionCallback(fault -> logFault(fault, closing))
                .evictExpiredConnections()
                .evictIdleConnections(IDLE)
                .setCharCodingConfig(
                        CharCodingConfig.custom().setCharset(ISO_8859_1).build())
                .setHttp1Config(Http1Config.custom()
                        .setMaxHeaderCount(MOST_HEADERS)
                        .setMaxLineLength(LONGEST_HEADER)
                        .build())
                .setH2Config(H2Config.custom()
                        .setPushEnabled(false)
                        .setMaxHeaderListSize(MOST_HEADER_BYTES)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableConnectionState()
                .disableRequestPriority()
                .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "callout", BareClient::hold)
                .setUserAgent(NAME)
                .addRequestInterceptorLast((request, entity, context) -> sayLength(request, entity))
                .build();
    }

    /** Apache's client leaves it out in HTTP/2, where a message ends without it; applications want to know it all the same. */
    private static void sayLength(HttpRequest request, @Nullable EntityDetails body) {
        if (body != null && body.getContentLength() >= 0) {
            request.setHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(body.getContentLength()));
        }
    }

    private static void hold(
            HttpRequest request,
            AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        Exchange.of(scope.clientContext).connected(scope.execRuntime);
        chain.proceed(request, body, scope, callback);
    }

    /** Closing the client closes selectors under the threads that wait on them or look through what they found. */
    private static void logFault(Exception fault, BooleanSupplier closing) {
        if (closing.getAsBoolean()) {
            LOG.debug("a thread of the HTTP client has ended", fault);
        } else {
            LOG.error("a thread of the HTTP client failed", fault);
        }
    }

    private static AsyncClientConnectionManager connections(Optional<ClientTls> tls) {
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnTotal(MOST_CONNECTIONS)
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .setTlsStrategy(strategy(tls.orElseGet(BareClient::ofTheJvm)))
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.NEGOTIATE)
                        .build())
                .build();
    }

    private static ClientTls ofTheJvm() {
        try {
            return ClientTls.of(SSLContext.getDefault());
        } catch (NoSuchAlgorithmException unusable) {
            throw new IllegalStateException(
                    "the JVM has no usable default SSLContext, which HTTP callouts need", unusable);
        }
    }

    private static TlsStrategy strategy(ClientTls tls) {
        ClientTlsStrategyBuilder strategy = ClientTlsStrategyBuilder.create()
                .setSslContext(tls.context())
                .setHostVerificationPolicy(HostnameVerificationPolicy.BUILTIN);
        if (!tls.protocols().isEmpty()) {
            strategy.setTlsVersions(tls.protocols().toArray(String[]::new));
        }
        if (!tls.ciphers().isEmpty()) {
            strategy.setCiphers(tls.ciphers().toArray(String[]::new));
        }
        return strategy.buildAsync();
    }

    /** Not to whom it is for, by which the client's own planner would choose connections and judge certificates. */
    private static HttpRoutePlanner toWhereTheCallGoes() {
        return (server, context) -> new HttpRoute(
                RoutingSupport.normalize(server, DefaultSchemePortResolver.INSTANCE),
                null,
                URIScheme.HTTPS.same(server.getSchemeName()));
    }
}

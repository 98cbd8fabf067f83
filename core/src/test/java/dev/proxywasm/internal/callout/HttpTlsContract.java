package dev.proxywasm.internal.callout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.spi.ClientTls;
import dev.proxywasm.spi.HttpCall;
import dev.proxywasm.spi.HttpCallClient;
import dev.proxywasm.spi.HttpCallResult;
import dev.proxywasm.spi.HttpCallResult.Answer;
import dev.proxywasm.spi.HttpCallResult.Failure;
import dev.proxywasm.testing.Peers;
import dev.proxywasm.testing.TrailerServer;
import dev.proxywasm.testing.TrailerServer.Seen;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How every client speaks TLS, against a Jetty over sockets. */
@Timeout(60)
public abstract class HttpTlsContract {

    /** What server and client may agree on. */
    protected enum Wire {
        /** The server knows nothing newer. */
        HTTP1("HTTP/1.1"),
        /** The server offers it. */
        HTTP2("HTTP/2.0");

        private final String protocol;

        Wire(String protocol) {
            this.protocol = protocol;
        }

        private TrailerServer serve(SslContextFactory.Server tls) throws Exception {
            return this == HTTP1 ? TrailerServer.http1(tls) : TrailerServer.http2(tls);
        }
    }

    private static final Optional<ClientTls> OF_THE_JVM = Optional.empty();

    private static Peers peers;

    private final HttpCallClient client = newClient();
    private final BlockingQueue<HttpCallResult> results = new ArrayBlockingQueue<>(10);

    /** A client of the kind that is tested, without connections. */
    protected abstract HttpCallClient newClient();

    @BeforeAll
    static void makeCertificates(@TempDir Path certificates) throws Exception {
        peers = Peers.in(certificates);
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static SslContextFactory.Server demanding() throws Exception {
        SslContextFactory.Server demanding =
                TrailerServer.factory(peers.server().contextTrusting(peers.caller()));
        demanding.setNeedClientAuth(true);
        return demanding;
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void trustsWhatTheCallTrusts(Wire wire) throws Exception {
        Optional<ClientTls> trusting = Optional.of(ClientTls.of(peers.server().trust()));
        try (TrailerServer jetty =
                wire.serve(TrailerServer.factory(peers.server().context()))) {
            assertThat(reason(jetty, OF_THE_JVM)).contains("unable to find valid certification path");
            assertThat(jetty.seen).isEmpty();

            assertThat(answered(jetty, trusting).protocol()).isEqualTo(wire.protocol);
            assertThat(reason(jetty, OF_THE_JVM))
                    .as("a call without that trust, though there is a connection now")
                    .contains("unable to find valid certification path");
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void trustsNothingElse(Wire wire) throws Exception {
        try (TrailerServer jetty =
                wire.serve(TrailerServer.factory(peers.server().context()))) {
            Optional<ClientTls> trustingOthers =
                    Optional.of(ClientTls.of(peers.stranger().trust()));
            assertThat(reason(jetty, trustingOthers)).contains("PKIX path");
            assertThat(jetty.seen).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void showsTheCertificateThatIsDemanded(Wire wire) throws Exception {
        Optional<ClientTls> nobody = Optional.of(ClientTls.of(peers.server().trust()));
        Optional<ClientTls> known = Optional.of(ClientTls.of(peers.caller().contextTrusting(peers.server())));
        Optional<ClientTls> unknown = Optional.of(ClientTls.of(peers.stranger().contextTrusting(peers.server())));
        try (TrailerServer jetty = wire.serve(demanding())) {
            assertThat(reason(jetty, nobody)).isNotEmpty();
            Seen request = answered(jetty, known);
            assertThat(request.protocol()).isEqualTo(wire.protocol);
            assertThat(request.tls().peerCertificates()[0].getSubjectAlternativeNames())
                    .hasToString("[[2, caller.example]]");
            assertThat(reason(jetty, nobody)).isNotEmpty();
            assertThat(reason(jetty, unknown)).isNotEmpty();
            assertThat(jetty.seen).isEmpty();
        }
    }

    /** It is for whom the call is for, and not for the server that is called. */
    @ParameterizedTest
    @EnumSource(Wire.class)
    void aTrustedCertificateForAnotherHostIsAFailure(Wire wire) throws Exception {
        try (TrailerServer jetty =
                wire.serve(TrailerServer.factory(peers.stranger().context()))) {
            assertThat(reason(jetty, Optional.of(ClientTls.of(peers.stranger().trust()))))
                    .contains("127.0.0.1");
            assertThat(jetty.seen).isEmpty();
        }
    }

    /** Servers refuse a request of HTTP/2 that names two hosts. */
    @ParameterizedTest
    @EnumSource(Wire.class)
    void saysWhomTheCallIsFor(Wire wire) throws Exception {
        Optional<ClientTls> trusting = Optional.of(ClientTls.of(peers.server().trust()));
        try (TrailerServer jetty =
                wire.serve(TrailerServer.factory(peers.server().context()))) {
            assertThat(answered(jetty, trusting, "shop.example:8080").host()).isEqualTo("shop.example:8080");
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void speaksTheProtocolAndCipherThatAreSet(Wire wire) throws Exception {
        String cipher = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
        Optional<ClientTls> old =
                Optional.of(ClientTls.of(peers.server().trust(), List.of("TLSv1.2"), List.of(cipher)));
        Optional<ClientTls> recent = Optional.of(ClientTls.of(peers.server().trust(), List.of("TLSv1.3"), List.of()));
        try (TrailerServer jetty =
                wire.serve(TrailerServer.factory(peers.server().context()))) {
            Seen first = answered(jetty, old);
            assertThat(first.protocol()).isEqualTo(wire.protocol);
            assertThat(first.tls().sslSession().getProtocol()).isEqualTo("TLSv1.2");
            assertThat(first.tls().sslSession().getCipherSuite()).isEqualTo(cipher);
            assertThat(answered(jetty, recent).tls().sslSession().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    private Seen answered(TrailerServer jetty, Optional<ClientTls> tls) throws InterruptedException {
        return answered(jetty, tls, "127.0.0.1:" + jetty.port());
    }

    private Seen answered(TrailerServer jetty, Optional<ClientTls> tls, String authority) throws InterruptedException {
        HttpCallResult result = result(jetty, tls, authority);
        assertThat(result).isInstanceOf(Answer.class);
        assertThat(((Answer) result).headers().get(":status")).isEqualTo("200");
        return jetty.seen.remove();
    }

    private String reason(TrailerServer jetty, Optional<ClientTls> tls) throws InterruptedException {
        HttpCallResult result = result(jetty, tls, "stranger.example");
        assertThat(result).isInstanceOf(Failure.class);
        return ((Failure) result).reason();
    }

    private HttpCallResult result(TrailerServer jetty, Optional<ClientTls> tls, String authority)
            throws InterruptedException {
        client.start(
                new HttpCall(
                        URI.create("https://127.0.0.1:" + jetty.port()),
                        tls,
                        HeaderMap.of(":method", "GET", ":path", "/", ":authority", authority),
                        ByteBuffer.allocate(0),
                        new HeaderMap(0),
                        Duration.ofSeconds(20),
                        1000),
                results::add);
        return results.poll(20, TimeUnit.SECONDS);
    }
}

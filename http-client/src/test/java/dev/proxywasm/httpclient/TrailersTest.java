package dev.proxywasm.httpclient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.spi.CalloutRefusedException;
import dev.proxywasm.spi.ClientTls;
import dev.proxywasm.spi.HttpCall;
import dev.proxywasm.spi.HttpCallResult;
import dev.proxywasm.spi.HttpCallResult.Answer;
import dev.proxywasm.testing.Certificate;
import dev.proxywasm.testing.TrailerServer;
import dev.proxywasm.testing.TrailerServer.Seen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Trailers both ways, with and without TLS, against a Jetty over sockets. */
@Timeout(60)
class TrailersTest {

    /** How client and server speak. */
    private enum Wire {
        PLAIN("http", "HTTP/1.1"),
        TLS("https", "HTTP/1.1"),
        H2("https", "HTTP/2.0");

        private final String scheme;
        private final String protocol;

        Wire(String scheme, String protocol) {
            this.scheme = scheme;
            this.protocol = protocol;
        }

        TrailerServer serve(SSLContext tls) throws Exception {
            return switch (this) {
                case PLAIN -> TrailerServer.plain();
                case TLS -> TrailerServer.http1(tls);
                case H2 -> TrailerServer.http2(tls);
            };
        }
    }

    private static SSLContext local;
    private static Optional<ClientTls> trusting;

    private final ApacheHttpCallClient client = new ApacheHttpCallClient();
    private final BlockingQueue<HttpCallResult> results = new ArrayBlockingQueue<>(10);

    @BeforeAll
    static void makeCertificates(@TempDir Path directory) throws Exception {
        local = Certificate.of(directory, "ip:127.0.0.1").context();
        trusting = Optional.of(ClientTls.of(local));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void trailersGoBothWays(Wire wire) throws Exception {
        try (TrailerServer server = wire.serve(local)) {
            Answer answer = answer(call(wire, server, "POST", "body", "x-check", "7", "x-check", "8", "te", "no"));

            Seen request = server.seen.remove();
            assertThat(request.protocol()).isEqualTo(wire.protocol);
            assertThat(request.host()).isEqualTo("shop.example:8080");
            assertThat(request.body()).isEqualTo("body");
            assertThat(request.trailers().getValuesList("x-check")).containsExactly("7", "8");
            assertThat(request.trailers().contains("te")).isFalse();
            assertThat(answer.headers().value(0)).isEqualTo("200");
            assertThat(UTF_8.decode(answer.body()).toString()).isEqualTo("answer");
            assertThat(answer.trailers().get("x-sum")).isEqualTo("42");
            assertThat(answer.trailers().getAll("x-two")).containsExactly("one", "two");
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void trailersNeedNoBody(Wire wire) throws Exception {
        try (TrailerServer server = wire.serve(local)) {
            answer(call(wire, server, "POST", "", "x-check", "7"));

            Seen request = server.seen.remove();
            assertThat(request.body()).isEmpty();
            assertThat(request.trailers().get("x-check")).isEqualTo("7");
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void aBodyWithoutTrailersHasALength(Wire wire) throws Exception {
        try (TrailerServer server = wire.serve(local)) {
            answer(call(wire, server, "POST", "x".repeat(200_000)));

            Seen request = server.seen.remove();
            assertThat(request.body()).hasSize(200_000);
            assertThat(request.headers().getLongField("content-length")).isEqualTo(200_000);
            assertThat(request.headers().contains("transfer-encoding")).isFalse();
            assertThat(request.trailers().size()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void everyByteOfAHeaderSurvives(Wire wire) throws Exception {
        try (TrailerServer server = wire.serve(local)) {
            HttpCall call = call(wire, server, "POST", "", "x-check", "\u00c3\u00a9");
            call.headers().add("x-name", "\u00c3\u00a9");
            answer(call);

            Seen request = server.seen.remove();
            assertThat(request.headers().get("x-name")).isIn("\u00c3\u00a9", "\u00e9");
            assertThat(request.trailers().get("x-check")).isIn("\u00c3\u00a9", "\u00e9");
        }
    }

    @ParameterizedTest
    @CsvSource({"'a b', c", "x-a, 'b\r\nx-c: d'"})
    void refusesTrailersThatCannotBeSent(String name, String value) throws Exception {
        try (TrailerServer server = TrailerServer.plain()) {
            HttpCall call = call(Wire.PLAIN, server, "POST", "", name, value);

            assertThatThrownBy(() -> client.start(call, results::add))
                    .isInstanceOf(CalloutRefusedException.class)
                    .hasMessageStartingWith("the trailer '");
        }
    }

    @Test
    void callsAnAddressOfIpv6() throws Exception {
        assumeTrue(hasIpv6(), "skipped: this machine has no IPv6");
        try (TrailerServer server = TrailerServer.plain("::1")) {
            answer(call("http://[::1]:" + server.port(), "POST", "body"));
            assertThat(server.seen.remove().body()).isEqualTo("body");
        }
    }

    private static boolean hasIpv6() {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByAddress(loopback))) {
            return any.isBound();
        } catch (IOException none) {
            return false;
        }
    }

    @Test
    void connectionsAreUsedAgain() throws Exception {
        try (TrailerServer server = TrailerServer.http2(local)) {
            for (int i = 0; i < 50; i++) {
                answer(call(Wire.H2, server, "POST", "body", "x-check", "" + i));
                assertThat(server.seen.remove().trailers().get("x-check")).isEqualTo("" + i);
            }
        }
    }

    private Answer answer(HttpCall call) throws InterruptedException {
        HttpCallResult result = result(call);
        assertThat(result).isInstanceOf(Answer.class);
        return (Answer) result;
    }

    private HttpCallResult result(HttpCall call) throws InterruptedException {
        client.start(call, results::add);
        return results.poll(20, TimeUnit.SECONDS);
    }

    private static HttpCall call(Wire wire, TrailerServer server, String method, String body, String... trailers) {
        return call(wire.scheme + "://127.0.0.1:" + server.port(), method, body, trailers);
    }

    private static HttpCall call(String upstream, String method, String body, String... trailers) {
        return new HttpCall(
                URI.create(upstream),
                trusting,
                HeaderMap.of(":method", method, ":path", "/", ":authority", "shop.example:8080"),
                ByteBuffer.wrap(body.getBytes(UTF_8)),
                HeaderMap.of(trailers),
                Duration.ofSeconds(20),
                1 << 20);
    }
}

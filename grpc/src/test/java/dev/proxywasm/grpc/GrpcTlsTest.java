package dev.proxywasm.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.spi.ClientTls;
import dev.proxywasm.spi.GrpcCall;
import dev.proxywasm.spi.GrpcListener;
import dev.proxywasm.spi.GrpcStream;
import dev.proxywasm.testing.Peers;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How TLS is spoken, against a real server. */
@Timeout(60)
class GrpcTlsTest {

    private static final Optional<ClientTls> OF_THE_JVM = Optional.empty();
    private static final String OK = "message hello";

    private static Peers peers;

    private final NettyGrpcCallClient client = new NettyGrpcCallClient();

    @BeforeAll
    static void makeCertificates(@TempDir Path certificates) throws Exception {
        peers = Peers.in(certificates);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void trustsWhatTheCallTrusts() throws Exception {
        Optional<ClientTls> trusting = Optional.of(ClientTls.of(peers.server().trust()));
        try (EchoServer echo = new EchoServer(peers.server().context(), ClientAuth.NONE)) {
            assertThat(end(echo, OF_THE_JVM))
                    .startsWith("close 14 ")
                    .contains("unable to find valid certification path");
            assertThat(end(echo, trusting)).isEqualTo(OK);
            assertThat(end(echo, OF_THE_JVM)).startsWith("close 14 ");
            assertThat(end(echo, Optional.of(ClientTls.of(peers.stranger().trust()))))
                    .startsWith("close 14 ")
                    .contains("PKIX path");
        }
    }

    @Test
    void showsTheCertificateThatIsDemanded() throws Exception {
        Optional<ClientTls> nobody = Optional.of(ClientTls.of(peers.server().trust()));
        Optional<ClientTls> known = Optional.of(ClientTls.of(peers.caller().contextTrusting(peers.server())));
        Optional<ClientTls> unknown = Optional.of(ClientTls.of(peers.stranger().contextTrusting(peers.server())));
        try (EchoServer echo = new EchoServer(peers.server().contextTrusting(peers.caller()), ClientAuth.REQUIRE)) {
            assertThat(end(echo, nobody)).startsWith("close 14 ");
            assertThat(end(echo, known)).isEqualTo(OK);
            assertThat(end(echo, nobody)).startsWith("close 14 ");
            assertThat(end(echo, unknown)).startsWith("close 14 ");
        }
    }

    @Test
    void aTrustedCertificateForAnotherHostIsAFailure() throws Exception {
        try (EchoServer echo = new EchoServer(peers.stranger().context(), ClientAuth.NONE)) {
            assertThat(end(echo, Optional.of(ClientTls.of(peers.stranger().trust()))))
                    .startsWith("close 14 ")
                    .contains("127.0.0.1");
        }
    }

    @Test
    void speaksTheProtocolAndCipherThatAreSet() throws Exception {
        String cipher = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
        Optional<ClientTls> old =
                Optional.of(ClientTls.of(peers.server().trust(), List.of("TLSv1.2"), List.of(cipher)));
        Optional<ClientTls> recent = Optional.of(ClientTls.of(peers.server().trust(), List.of("TLSv1.3"), List.of()));
        try (EchoServer echo = new EchoServer(peers.server().context(), ClientAuth.NONE)) {
            assertThat(end(echo, old)).isEqualTo(OK);
            assertThat(echo.sessions.remove().getCipherSuite()).isEqualTo(cipher);
            assertThat(end(echo, recent)).isEqualTo(OK);
            assertThat(echo.sessions.remove().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    /** What a call that sends hello is told: the answer, or why there is none. */
    private String end(EchoServer echo, Optional<ClientTls> tls) throws InterruptedException {
        BlockingQueue<String> told = new ArrayBlockingQueue<>(10);
        GrpcCall call = new GrpcCall(
                URI.create(echo.uri()), tls, "test.Echo", "Echo", new HeaderMap(), Duration.ofSeconds(20), 1000);
        GrpcStream stream = client.open(call, new Telling(told));
        stream.send(ByteBuffer.wrap("hello".getBytes(UTF_8)));
        stream.request();
        String first = told.poll(20, TimeUnit.SECONDS);
        stream.cancel();
        return first;
    }

    private record Telling(BlockingQueue<String> told) implements GrpcListener {
        @Override
        public void onInitialMetadata(HeaderMap metadata) {}

        @Override
        public void onMessage(ByteBuffer message) {
            told.add("message " + UTF_8.decode(message));
        }

        @Override
        public void onClose(int status, String message, HeaderMap trailers) {
            told.add("close " + status + " " + message);
        }
    }
}

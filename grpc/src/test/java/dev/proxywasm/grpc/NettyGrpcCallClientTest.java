package dev.proxywasm.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.spi.CalloutRefusedException;
import dev.proxywasm.spi.GrpcCall;
import dev.proxywasm.spi.GrpcCallClient;
import dev.proxywasm.spi.GrpcListener;
import dev.proxywasm.spi.GrpcStream;
import io.grpc.Metadata;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes over the wire. */
@Timeout(60)
class NettyGrpcCallClientTest {

    private final BlockingQueue<String> told = new ArrayBlockingQueue<>(100);
    private final NettyGrpcCallClient client = new NettyGrpcCallClient();
    private EchoServer server;

    @BeforeEach
    void start() throws IOException {
        server = new EchoServer();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(GrpcCallClient.class).findFirst()).containsInstanceOf(NettyGrpcCallClient.class);
    }

    @Test
    void binaryMetadataIsBase64OnThisSideAndBytesOnTheOther() throws Exception {
        GrpcStream stream = open("Echo", Duration.ZERO, "trace-bin", "AP8=", "trace-bin", "AQ", "x-a", "1", "x-a", "2");
        Metadata seen = server.metadata.poll(20, TimeUnit.SECONDS);

        assertThat(seen.getAll(Metadata.Key.of("trace-bin", Metadata.BINARY_BYTE_MARSHALLER)))
                .containsExactly(new byte[] {0, (byte) 0xFF}, new byte[] {1});
        assertThat(seen.getAll(Metadata.Key.of("x-a", Metadata.ASCII_STRING_MARSHALLER)))
                .containsExactly("1", "2");
        assertThat(next()).contains("x-reply=first").contains("x-reply-bin=AP8,");
        stream.cancel();
    }

    @Test
    void deliversNoMessageUnasked() throws Exception {
        GrpcStream stream = open("Echo", Duration.ZERO);
        stream.send(bytes("one"));
        stream.send(bytes("two"));
        stream.halfClose();
        assertThat(next()).startsWith("initial");
        assertThat(server.events.poll(20, TimeUnit.SECONDS)).isEqualTo("message one");
        assertThat(server.events.poll(20, TimeUnit.SECONDS)).isEqualTo("message two");
        assertThat(told).isEmpty();
        stream.request();
        assertThat(next()).isEqualTo("message one");
        stream.request();
        assertThat(next()).isEqualTo("message two");
        assertThat(next()).isEqualTo("close 0 done x-reply=last,");
    }

    @Test
    void tellsTheServerOfTheTime() throws Exception {
        open("Hang", Duration.ofMillis(100));
        Metadata seen = server.metadata.poll(20, TimeUnit.SECONDS);

        assertThat(seen.keys()).contains("grpc-timeout");
        assertThat(next()).startsWith("close 4 ");
    }

    @Test
    void keepsTheHeadersOfTheConnectionToItself() throws Exception {
        open(
                "Hang",
                Duration.ZERO,
                "te",
                "x",
                "connection",
                "close",
                "host",
                "a",
                "transfer-encoding",
                "chunked",
                "x-kept",
                "1");
        Metadata seen = server.metadata.poll(20, TimeUnit.SECONDS);

        assertThat(seen.keys()).contains("x-kept").doesNotContain("connection", "host", "transfer-encoding");
    }

    @ParameterizedTest
    @CsvSource({"x a, b", ":path, /", "x-a, 'b\n'", "x-a, \u00e9", "x-bin, ?", "'', b"})
    void refusesMetadataThatCannotBeSent(String name, String value) {
        assertThatThrownBy(() -> open("Echo", Duration.ZERO, name, value))
                .isInstanceOf(CalloutRefusedException.class)
                .hasMessageContaining("cannot be sent");
        assertThat(told).isEmpty();
    }

    @Test
    void refusesToHoardMessagesForASlowServer() {
        GrpcStream stream = open("Hang", Duration.ZERO);
        ByteBuffer mebibyte = ByteBuffer.allocate(1 << 20);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        stream.send(mebibyte);
                    }
                })
                .isInstanceOf(CalloutRefusedException.class)
                .hasMessageContaining("wait for the server already");
        stream.cancel();
    }

    @Test
    void makesNoCallsOnceClosed() {
        client.close();
        assertThatThrownBy(() -> open("Echo", Duration.ZERO)).isInstanceOf(CalloutRefusedException.class);
    }

    private GrpcStream open(String method, Duration timeout, String... metadata) {
        HeaderMap headers = new HeaderMap();
        for (int i = 0; i < metadata.length; i += 2) {
            headers.add(metadata[i], metadata[i + 1]);
        }
        return client.open(
                new GrpcCall(
                        URI.create(server.uri()), Optional.empty(), "test.Echo", method, headers, timeout, 1 << 20),
                new Telling());
    }

    private String next() throws InterruptedException {
        String event = told.poll(20, TimeUnit.SECONDS);
        assertThat(event).as("what the client is told").isNotNull();
        return event;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private final class Telling implements GrpcListener {
        @Override
        public void onInitialMetadata(HeaderMap metadata) {
            told.add("initial " + text(metadata));
        }

        @Override
        public void onMessage(ByteBuffer message) {
            told.add("message " + UTF_8.decode(message));
        }

        @Override
        public void onClose(int status, String message, HeaderMap trailers) {
            told.add("close " + status + " " + message + " " + text(trailers));
        }

        private String text(HeaderMap map) {
            StringBuilder text = new StringBuilder();
            map.forEach(
                    (name, value) -> text.append(name).append('=').append(value).append(','));
            return text.toString();
        }
    }
}

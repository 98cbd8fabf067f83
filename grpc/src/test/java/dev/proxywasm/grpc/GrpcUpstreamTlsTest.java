package dev.proxywasm.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfigReader;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.testing.Certificate;
import dev.proxywasm.testing.Peers;
import dev.proxywasm.testing.TestExchange;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A filter that calls a gRPC server with the TLS of PEM files that the configuration names. */
@Timeout(60)
class GrpcUpstreamTlsTest {

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    private Path directory;

    @BeforeEach
    void listen() {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        ((Logger) LoggerFactory.getLogger("dev.proxywasm.plugin.ask")).addAppender(log);
    }

    @AfterEach
    void stop() {
        ((Logger) LoggerFactory.getLogger("dev.proxywasm.plugin.ask")).detachAppender(log);
    }

    private void show(Certificate certificate) throws Exception {
        Files.writeString(directory.resolve("tls.pem"), certificate.certificatePem() + certificate.keyPem());
    }

    private ProxyWasm start(EchoServer server) throws Exception {
        Path file = Files.writeString(
                directory.resolve("proxy-wasm.yaml"),
                """
                proxy-wasm:
                  reload: {watch: false}
                  plugins: [{name: ask, module: "classpath:wat/ask-grpc.wat", instances: 1}]
                  upstreams:
                    echo:
                      uri: %s
                      tls: {ca-certificates: ca.pem, client-certificate: tls.pem, private-key: tls.pem}
                """
                        .formatted(server.uri()));
        return ProxyWasm.builder()
                .config(() -> ProxyWasmConfigReader.yaml(file))
                .classLoader(getClass().getClassLoader())
                .start();
    }

    /** Has the filter call; what it is told is in its log. */
    private static void call(ProxyWasm host) {
        HeaderMap request = HeaderMap.of(":authority", "a", ":path", "/call", ":method", "GET", ":scheme", "http");
        request.addAll(HeaderMap.of("x-upstream", "echo", "x-method", "Echo", "x-message", "hello"));
        try (HttpStream stream = host.newStream(TestExchange.FACTS, request)) {
            stream.requestHeaders(true);
        }
    }

    private List<String> told() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void trustsAndShowsWhatIsInTheFilesAlsoWhenTheyAreRenewed() throws Exception {
        Peers peers = Peers.in(Files.createDirectory(directory.resolve("made")));
        Files.writeString(directory.resolve("ca.pem"), peers.server().certificatePem());
        show(peers.stranger());
        try (EchoServer server = new EchoServer(peers.server().contextTrusting(peers.caller()), ClientAuth.REQUIRE);
                ProxyWasm host = start(server)) {
            call(host);
            await().untilAsserted(() -> assertThat(told()).anyMatch(line -> line.endsWith("close 14")));
            assertThat(server.sessions).isEmpty();

            show(peers.caller());
            assertThat(host.reload()).isEmpty();
            call(host);
            await().untilAsserted(() -> assertThat(told()).anyMatch(line -> line.endsWith("hello")));
            assertThat(server.sessions.remove().getPeerCertificates()).hasSize(1);
        }
    }
}

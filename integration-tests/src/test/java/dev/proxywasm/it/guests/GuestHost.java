package dev.proxywasm.it.guests;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.proxywasm.Engine;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.UpstreamConfig;
import dev.proxywasm.grpc.EchoServer;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.internal.callout.RawServer;
import dev.proxywasm.spi.Metric;
import dev.proxywasm.testing.TestExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** A host with the guest of one language, and the servers that it calls. */
final class GuestHost implements AutoCloseable {

    private static final Path MODULES = Path.of("guests", "target").toAbsolutePath();

    private final AnsweringServer answering = new AnsweringServer();
    private final RawServer silent = RawServer.thatIsSilentAfter("");
    private final RawServer breaking = RawServer.thatHangsUpAfter("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf");
    private final EchoServer echo = new EchoServer();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger;
    private final ProxyWasm host;

    GuestHost(String language, Engine engine) throws IOException {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        logger = (Logger) LoggerFactory.getLogger("dev.proxywasm.plugin." + language);
        logger.addAppender(log);
        PluginConfig plugin = PluginConfig.builder(
                        language, module(language).toUri().toString())
                .engine(engine)
                .instances(1)
                .build();
        host = ProxyWasm.start(
                ProxyWasmConfig.builder()
                        .plugins(List.of(plugin))
                        .upstreams(Map.of(
                                "http", upstream(answering.uri()),
                                "silent", upstream("http://127.0.0.1:" + silent.port()),
                                "breaking", upstream("http://127.0.0.1:" + breaking.port()),
                                "absent", upstream("http://127.0.0.1:" + freePort()),
                                "grpc", upstream(echo.uri())))
                        .build(),
                GuestHost.class.getClassLoader());
    }

    private static int freePort() throws IOException {
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return unused.getLocalPort();
        }
    }

    private static Path module(String language) {
        return MODULES.resolve(language + ".wasm");
    }

    private static UpstreamConfig upstream(String uri) {
        return new UpstreamConfig(URI.create(uri));
    }

    static boolean isBuilt(String language) {
        return Files.exists(module(language));
    }

    /** A request that the guest does this with. */
    TestExchange open(String subject, String... more) {
        HeaderMap headers = HeaderMap.of(
                ":method",
                "POST",
                ":path",
                "/guest?a=b",
                ":authority",
                "shop.example",
                ":scheme",
                "http",
                "x-case",
                subject);
        headers.addAll(HeaderMap.of(more));
        return new TestExchange(host.newStream(TestExchange.FACTS, headers));
    }

    /** The headers of a bodyless request when the guest has let it pass, at once or later. */
    HeaderMap pass(String subject, String... more) throws InterruptedException {
        try (TestExchange exchange = open(subject, more)) {
            Outcome outcome = await(exchange.bodylessRequest());
            if (!(outcome instanceof Outcome.Forward)) {
                throw new AssertionError("the guest did not let the request pass: " + outcome + "\n" + logged());
            }
            return exchange.request().takeHeaders();
        }
    }

    static Outcome await(Outcome outcome) throws InterruptedException {
        return outcome instanceof Outcome.Wait wait ? wait.await() : outcome;
    }

    Metric metric(String name) {
        return host.metrics().stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    AnsweringServer answering() {
        return answering;
    }

    EchoServer echo() {
        return echo;
    }

    /** What the guest wrote to its log, its standard error included. */
    String logged() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() throws IOException {
        host.close();
        logger.detachAppender(log);
        echo.close();
        silent.close();
        breaking.close();
        answering.close();
    }
}

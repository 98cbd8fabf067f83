package dev.proxywasm.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.proxywasm.Limits;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.UpstreamConfig;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import io.grpc.Metadata;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** A filter that calls a real gRPC server, and what it is told in which order. */
@Timeout(60)
class GrpcCalloutsTest {

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private EchoServer server;
    private ProxyWasm host;

    @BeforeEach
    void start() throws IOException {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        ((Logger) LoggerFactory.getLogger("dev.proxywasm.plugin.ask")).addAppender(log);
        server = new EchoServer();
        host = host(Limits.DEFAULT);
    }

    @AfterEach
    void stop() {
        host.close();
        server.close();
        ((Logger) LoggerFactory.getLogger("dev.proxywasm.plugin.ask")).detachAppender(log);
    }

    private ProxyWasm host(Limits limits) throws IOException {
        int nobody;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = unused.getLocalPort();
        }
        PluginConfig plugin = PluginConfig.builder("ask", "classpath:wat/ask-grpc.wat")
                .instances(1)
                .limits(limits)
                .build();
        Map<String, UpstreamConfig> upstreams = Map.of(
                "echo", new UpstreamConfig(URI.create(server.uri())),
                "nobody", new UpstreamConfig(URI.create("http://127.0.0.1:" + nobody)));
        return ProxyWasm.start(
                ProxyWasmConfig.builder()
                        .plugins(List.of(plugin))
                        .upstreams(upstreams)
                        .baseDirectory(Path.of("."))
                        .build(),
                GrpcCalloutsTest.class.getClassLoader());
    }

    @Test
    void aUnaryCallEndsWithItsMessage() throws Exception {
        assertThat(command("/call", "x-method", "Echo", "x-message", "hello")).isEqualTo(400);

        awaitTold("initial 05", "first", "hello");
        Metadata metadata = server.metadata.poll(20, TimeUnit.SECONDS);
        assertThat(metadata.get(Metadata.Key.of("x-key", Metadata.ASCII_STRING_MARSHALLER)))
                .isEqualTo("value");
        assertNothingFollows();
    }

    @Test
    void aUnaryCallThatIsRefusedEndsWithAClose() throws Exception {
        assertThat(command("/call", "x-method", "Refuse")).isEqualTo(400);

        awaitTold("close 07", "not you");
        assertNothingFollows();
    }

    @Test
    void aUnaryCallNeedsExactlyOneMessage() throws Exception {
        command("/call", "x-method", "Empty");
        awaitTold("initial 05", "first", "close 13", "the server sent no message");
        log.list.clear();
        command("/call", "x-method", "Twice");
        awaitTold("initial 05", "first", "close 13", "the server sent more than one message");
    }

    @Test
    void anUnknownMethodEndsWithAClose() throws Exception {
        command("/call", "x-method", "Nothing");

        awaitTold("close 12", "Method not found: test.Echo/Nothing");
    }

    @Test
    void nobodyListeningEndsWithAClose() throws Exception {
        command("/call", "x-method", "Echo", "x-upstream", "nobody");

        await().untilAsserted(() -> assertThat(told()).contains("close 14"));
    }

    @Test
    void aDeadlineEndsWithACloseAndCancelsTheServersSide() throws Exception {
        command("/call", "x-method", "Hang", "x-timeout", "5");
        assertThat(server.metadata.poll(20, TimeUnit.SECONDS)).isNotNull();

        await().untilAsserted(() -> assertThat(told()).contains("close 04"));
        assertThat(server.events.poll(20, TimeUnit.SECONDS)).isEqualTo("cancelled");
    }

    @Test
    void aMessageBeyondTheLimitEndsWithAClose() throws Exception {
        host.close();
        host = host(Limits.builder().calloutBodyBytes(10).build());
        assertThat(command("/open", "x-method", "Twice")).isEqualTo(400);
        assertThat(command("/send", "x-message", "0123456789")).isEqualTo(400);
        assertThat(command("/send", "x-message", "0123456789a")).isEqualTo(410);

        await().untilAsserted(() -> assertThat(told()).contains("initial 05", "0123456789"));
        command("/x");
    }

    @Test
    void aStreamTellsEverythingInOrder() throws Exception {
        assertThat(command("/open", "x-method", "Echo")).isEqualTo(400);
        for (int i = 0; i < 20; i++) {
            assertThat(command("/send", "x-message", "message " + i)).isEqualTo(400);
        }
        assertThat(command("/end", "x-message", "last message")).isEqualTo(400);

        await().untilAsserted(() -> assertThat(told()).contains("done"));
        List<String> told = told();
        assertThat(told.subList(0, 2)).containsExactly("initial 05", "first");
        for (int i = 0; i < 20; i++) {
            assertThat(told.get(2 + i)).isEqualTo("message " + i);
        }
        assertThat(told.subList(22, told.size()))
                .containsExactly("last message", "trailing 01", "last", "close 00", "done");
        assertThat(command("/send"))
                .as("status of a send to a stream that is over")
                .isEqualTo(401);
    }

    @Test
    void aHalfClosedStreamIsStillAnswered() throws Exception {
        command("/open", "x-method", "Echo");
        command("/send", "x-message", "one");
        assertThat(command("/half")).isEqualTo(400);
        assertThat(command("/half"))
                .as("status of a second half-close, if the stream is still known")
                .isIn(400, 401);

        awaitTold("initial 05", "first", "one", "trailing 01", "last", "close 00", "done");
    }

    @Test
    void nothingCanBeSentOnAHalfClosedStream() throws Exception {
        command("/open", "x-method", "Hang");
        assertThat(command("/half")).isEqualTo(400);
        assertThat(command("/send", "x-message", "late")).isEqualTo(402);
    }

    @Test
    void aRefusedStreamTellsItsTrailersAndCloses() throws Exception {
        command("/open", "x-method", "Refuse");

        awaitTold("trailing 02", "last", "close 07", "not you");
    }

    @Test
    void aCancelledStreamTellsNothingMore() throws Exception {
        command("/open", "x-method", "Echo");
        command("/send", "x-message", "one");
        awaitTold("initial 05", "first", "one");
        assertThat(command("/x")).isEqualTo(400);
        assertThat(command("/x")).isEqualTo(401);

        assertThat(server.events.poll(20, TimeUnit.SECONDS)).isEqualTo("message one");
        assertThat(server.events.poll(20, TimeUnit.SECONDS)).isEqualTo("cancelled");
        assertNothingFollows();
    }

    @Test
    void aUnaryCallTakesNoFurtherMessageAndIsCancelledByAClose() throws Exception {
        command("/call", "x-method", "Hang");
        assertThat(server.metadata.poll(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(command("/send", "x-message", "more")).isEqualTo(402);
        assertThat(command("/half")).isEqualTo(400);
        assertThat(command("/half")).isEqualTo(401);

        assertThat(server.events.poll(20, TimeUnit.SECONDS)).isEqualTo("cancelled");
        assertNothingFollows();
    }

    @Test
    void callsEndWithTheHost() throws Exception {
        command("/open", "x-method", "Hang");
        assertThat(server.metadata.poll(20, TimeUnit.SECONDS)).isNotNull();
        host.close();

        assertThat(server.events.poll(20, TimeUnit.SECONDS)).isEqualTo("cancelled");
    }

    @Test
    void anUnknownUpstreamCannotBeParsed() throws Exception {
        assertThat(command("/call", "x-method", "Echo", "x-upstream", "ecco")).isEqualTo(404);
        assertThat(command("/open", "x-method", "Echo", "x-upstream", "ecco")).isEqualTo(404);
    }

    @Test
    void theUpstreamMayBeEnvoysMessage() throws Exception {
        assertThat(command("/call", "x-method", "Echo", "x-message", "hello", "x-upstream", "\n\6\n\4echo"))
                .isEqualTo(400);

        awaitTold("initial 05", "first", "hello");
    }

    @Test
    void namesThatCannotBeSentAreRefused() throws Exception {
        assertThat(command("/call", "x-method", "Ec ho")).isEqualTo(410);
        assertThat(command("/call", "x-method", "")).isEqualTo(410);
    }

    /** Lets the filter do something; the answer is 400 plus the status of its hostcall. */
    private int command(String path, String... headers) throws InterruptedException {
        HeaderMap request = HeaderMap.of(":authority", "a", ":path", path, ":method", "GET", ":scheme", "http");
        request.addAll(HeaderMap.of(headers));
        if (!request.contains("x-upstream")) {
            request.add("x-upstream", "echo");
        }
        try (HttpStream stream = host.newStream(TestExchange.FACTS, request)) {
            return ((Outcome.Reply) stream.requestHeaders(true)).response().status();
        }
    }

    /** A round trip of a stream of its own: what was still on its way has been told by then. */
    private void assertNothingFollows() throws InterruptedException {
        List<String> before = told();
        command("/open", "x-method", "Refuse");
        await().untilAsserted(() -> assertThat(told()).hasSizeGreaterThanOrEqualTo(before.size() + 4));
        List<String> after = told();
        assertThat(after.subList(before.size(), after.size()))
                .containsExactly("trailing 02", "last", "close 07", "not you");
    }

    private void awaitTold(String... lines) {
        await().untilAsserted(() -> assertThat(told()).containsExactly(lines));
    }

    private List<String> told() {
        return log.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .map(line -> line.substring(line.indexOf("] ") + 2))
                .toList();
    }
}

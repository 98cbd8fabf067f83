package dev.proxywasm.internal.callout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.proxywasm.Limits;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.internal.callout.AskingHost.Asking;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** A filter that pauses a request, asks a real server, and goes on or refuses with the answer. */
@Timeout(60)
class HttpCalloutsTest {

    @TempDir
    private Path directory;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        ((Logger) LoggerFactory.getLogger("dev.proxywasm")).addAppender(log);
    }

    @AfterEach
    void stopListening() {
        ((Logger) LoggerFactory.getLogger("dev.proxywasm")).detachAppender(log);
    }

    @ParameterizedTest
    @CsvSource({"200, fine", "404, nothing", "500, broken", "204, ''"})
    void everyStatusIsAnAnswer(int status, String text) throws Exception {
        try (TestServer server = new TestServer(exchange -> TestServer.answer(exchange, status, text));
                AskingHost host = host(server.port());
                Asking asking = host.ask("auth", "/")) {
            HeaderMap request = asking.awaitRequest();

            assertThat(request.get("x-answer")).isEqualTo("" + status);
            assertThat(request.get("x-body")).isEqualTo(text);
            assertThat(request.get("x-status")).isEqualTo("00");
            assertThat(request.get("x-count")).isNotEqualTo("00");
        }
    }

    @Test
    void theServerSeesWhatTheFilterSent() throws Exception {
        try (TestServer server = new TestServer(exchange -> TestServer.answer(
                        exchange,
                        200,
                        exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                                + exchange.getRequestHeaders().getFirst("X-Extra")));
                AskingHost host = host(server.port());
                Asking asking = host.ask("auth", "/check?a=b%20c", "x-extra", "1")) {
            assertThat(asking.awaitRequest().get("x-body")).isEqualTo("GET /check?a=b%20c 1");
        }
    }

    @Test
    void trailersThatTheClientCannotSendAreLeftOutWithAWarning() throws Exception {
        try (TestServer server = new TestServer(exchange -> TestServer.answer(exchange, 200, "fine"));
                AskingHost host = host(server.port());
                Asking asking = host.ask("auth", "/", "x-trailers", "1")) {
            assertThat(asking.awaitRequest().get("x-body")).isEqualTo("fine");
            assertThat(logged())
                    .contains("the call to upstream 'auth' goes out without its trailers")
                    .contains("proxy-wasm-http-client");
        }
    }

    @Test
    void anAnswerCanBecomeALocalResponse() throws Exception {
        try (TestServer server = new TestServer(exchange -> TestServer.answer(exchange, 200, "go away"));
                AskingHost host = host(server.port());
                Asking asking = host.ask("auth", "/", "x-deny", "1")) {
            Outcome.Reply reply = (Outcome.Reply) asking.await();

            assertThat(reply.response().status()).isEqualTo(403);
            assertThat(StandardCharsets.UTF_8.decode(reply.response().body()).toString())
                    .isEqualTo("go away");
        }
    }

    @Test
    void answersInReverseOrderFindTheirStreams() throws Exception {
        CountDownLatch secondAnswered = new CountDownLatch(1);
        try (TestServer server = new TestServer(exchange -> {
                    if (exchange.getRequestURI().getPath().equals("/first")) {
                        TestServer.await(secondAnswered);
                    }
                    TestServer.answer(exchange, 200, exchange.getRequestURI().getPath());
                });
                AskingHost host = host(server.port());
                Asking first = host.ask("auth", "/first");
                Asking second = host.ask("auth", "/second")) {
            assertThat(second.awaitRequest().get("x-body")).isEqualTo("/second");
            secondAnswered.countDown();
            assertThat(first.awaitRequest().get("x-body")).isEqualTo("/first");
        }
    }

    @Test
    void manyCallsAreUnderWayAtOnce() throws Exception {
        int calls = 64;
        CountDownLatch allAsked = new CountDownLatch(calls);
        List<Asking> askings = new ArrayList<>();
        try (TestServer server = new TestServer(exchange -> {
                    allAsked.countDown();
                    TestServer.await(allAsked);
                    TestServer.answer(exchange, 200, exchange.getRequestURI().getPath());
                });
                AskingHost host = host(server.port())) {
            for (int i = 0; i < calls; i++) {
                askings.add(host.ask("auth", "/" + i));
            }
            for (int i = 0; i < calls; i++) {
                assertThat(askings.get(i).awaitRequest().get("x-body")).isEqualTo("/" + i);
                askings.get(i).close();
            }
        }
    }

    @Test
    void anAnswerThatComesTooLateForItsStreamIsStillDelivered() throws Exception {
        CountDownLatch streamGone = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        try (TestServer server = new TestServer(exchange -> {
                    asked.countDown();
                    TestServer.await(streamGone);
                    TestServer.answer(exchange, 200, "late");
                });
                AskingHost host = host(server.port())) {
            host.ask("auth", "/").close();
            TestServer.await(asked);
            streamGone.countDown();
            await().untilAsserted(() -> assertThat(logged()).contains("orphan"));
            try (Asking next = host.ask("auth", "/")) {
                assertThat(next.awaitRequest().get("x-body")).isEqualTo("late");
            }
        }
    }

    @Test
    void noAnswerInTimeIsAFailure() throws Exception {
        try (RawServer server = RawServer.thatIsSilentAfter("");
                AskingHost host = host(server.port());
                Asking asking = host.ask("auth", "/", "x-timeout", "500")) {
            assertFailed(asking, "no answer within 500 ms");
            server.awaitHangUp();
        }
    }

    @Test
    void noWholeBodyInTimeIsAFailure() throws Exception {
        try (RawServer server = RawServer.thatIsSilentAfter("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf");
                AskingHost host = host(server.port());
                Asking asking = host.ask("auth", "/", "x-timeout", "500")) {
            assertFailed(asking, "no answer within 500 ms");
            server.awaitHangUp();
        }
    }

    @Test
    void theHostLimitsTheTimeThatAFilterAsksFor() throws Exception {
        Limits limits = Limits.builder().calloutTimeout(Duration.ofMillis(60)).build();
        try (RawServer server = RawServer.thatIsSilentAfter("");
                AskingHost host = AskingHost.start(directory, limits, Map.of("auth", server.port()));
                Asking asking = host.ask("auth", "/", "x-timeout", "99999")) {
            assertFailed(asking, "no answer within 60 ms");
        }
    }

    @Test
    void aBodyThatBreaksOffIsAFailure() throws Exception {
        try (RawServer server = RawServer.thatHangsUpAfter("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf");
                AskingHost host = host(server.port());
                Asking asking = host.ask("auth", "/")) {
            assertFailed(asking, "failed: java.io.IOException");
        }
    }

    @Test
    void anAnswerThatIsNoHttpIsAFailure() throws Exception {
        try (RawServer server = RawServer.thatHangsUpAfter("220 smtp.example ready\r\n");
                AskingHost host = host(server.port());
                Asking asking = host.ask("auth", "/")) {
            assertFailed(asking, "failed: ");
        }
    }

    @Test
    void nobodyListeningIsAFailure() throws Exception {
        int port;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }
        try (AskingHost host = host(port);
                Asking asking = host.ask("auth", "/")) {
            assertFailed(asking, "ConnectException");
        }
    }

    @Test
    void anAnswerBeyondTheLimitIsAFailure() throws Exception {
        Limits limits = Limits.builder().calloutBodyBytes(1000).build();
        try (TestServer server = new TestServer(exchange -> TestServer.answer(
                        exchange,
                        200,
                        "x".repeat(exchange.getRequestURI().getPath().equals("/huge") ? 1001 : 1000)));
                AskingHost host = AskingHost.start(directory, limits, Map.of("auth", server.port()));
                Asking fits = host.ask("auth", "/");
                Asking huge = host.ask("auth", "/huge")) {
            assertThat(fits.awaitRequest().get("x-body")).hasSize(1000);
            assertFailed(huge, "limit callout-body of 1000 bytes");
        }
    }

    @Test
    void moreCallsThanTheLimitAreRefused() throws Exception {
        Limits limits = Limits.builder().calloutsInFlight(1).build();
        try (RawServer server = RawServer.thatIsSilentAfter("");
                AskingHost host = AskingHost.start(directory, limits, Map.of("auth", server.port()));
                Asking first = host.ask("auth", "/", "x-timeout", "200");
                Asking second = host.ask("auth", "/")) {
            assertRefused(second, 410, "limit callouts-in-flight");
            assertThat(first.outcome()).isInstanceOf(Outcome.Wait.class);
        }
    }

    @Test
    void anUnknownUpstreamIsRefusedWithTheKnownOnes() throws Exception {
        try (AskingHost host = AskingHost.start(directory, Limits.DEFAULT, Map.of("auth", 1, "geo", 2));
                Asking asking = host.ask("aut", "/")) {
            assertRefused(asking, 402, "upstream 'aut' is unknown; known are: auth, geo");
        }
    }

    @Test
    void callsEndWithTheHost() throws Exception {
        try (RawServer server = RawServer.thatIsSilentAfter("")) {
            AskingHost host = host(server.port());
            try (Asking asking = host.ask("auth", "/")) {
                server.awaitQuestion();
                host.close();
                server.awaitHangUp();
                assertThat(((Outcome.Reply) asking.await()).response().status()).isEqualTo(503);
            }
        }
    }

    @Test
    void callsEndWithATrapOfTheirInstance() throws Exception {
        try (RawServer server = RawServer.thatIsSilentAfter("");
                AskingHost host = host(server.port());
                Asking waiting = host.ask("auth", "/")) {
            server.awaitQuestion();
            host.ask("auth", "/", "x-trap", "1").close();
            server.awaitHangUp();
            assertThat(((Outcome.Reply) waiting.await()).response().status()).isEqualTo(503);
        }
    }

    private AskingHost host(int port) throws IOException {
        return AskingHost.start(directory, Limits.DEFAULT, Map.of("auth", port));
    }

    private void assertFailed(Asking asking, String reason) throws InterruptedException {
        HeaderMap request = asking.awaitRequest();
        assertThat(request.get("x-answer")).isNull();
        assertThat(request.get("x-body")).isEmpty();
        assertThat(request.get("x-count")).isEqualTo("00");
        assertThat(request.get("x-status")).isEqualTo("11");
        assertThat(logged()).contains("to upstream 'auth' failed: ").contains(reason);
    }

    private void assertRefused(Asking asking, int status, String reason) throws InterruptedException {
        assertThat(((Outcome.Reply) asking.await()).response().status()).isEqualTo(status);
        assertThat(logged()).contains("proxy_http_call was refused: ").contains(reason);
    }

    private String logged() {
        StringBuilder text = new StringBuilder();
        log.list.forEach(event -> text.append(event.getFormattedMessage()).append('\n'));
        return text.toString();
    }
}

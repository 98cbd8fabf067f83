package dev.proxywasm.internal.callout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.spi.Callout;
import dev.proxywasm.spi.CalloutRefusedException;
import dev.proxywasm.spi.HttpCall;
import dev.proxywasm.spi.HttpCallClient;
import dev.proxywasm.spi.HttpCallResult;
import dev.proxywasm.spi.HttpCallResult.Answer;
import dev.proxywasm.spi.HttpCallResult.Failure;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every client sends and shows over real sockets. */
@Timeout(60)
public abstract class HttpCallClientContract {

    private static final int MOST = 1 << 20;

    private final BlockingQueue<Seen> seen = new ArrayBlockingQueue<>(10);
    private final TestServer server = new TestServer(exchange -> {
        byte[] body = exchange.getRequestBody().readAllBytes();
        seen.add(new Seen(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                exchange.getRequestHeaders(),
                new String(body, UTF_8)));
        exchange.getResponseHeaders().put("X-Two", List.of("one", "two"));
        exchange.getResponseHeaders().add("Set-Cookie", "a=1");
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"any\"");
        exchange.getResponseHeaders().add("Retry-After", "0");
        String status = exchange.getRequestURI().getPath().substring(1);
        TestServer.answer(exchange, status.matches("\\d{3}") ? Integer.parseInt(status) : 200, "answer");
    });
    private final HttpCallClient client = newClient();
    private final BlockingQueue<HttpCallResult> results = new ArrayBlockingQueue<>(10);

    private record Seen(String method, URI uri, Headers headers, String body) {}

    /** A client of the kind that is tested, without connections. */
    protected abstract HttpCallClient newClient();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void showsTheStatusFirstAndEveryValue() throws Exception {
        Answer answer = answer(call("GET", "/", ""));

        assertThat(answer.headers().name(0)).isEqualTo(":status");
        assertThat(answer.headers().value(0)).isEqualTo("200");
        assertThat(answer.headers().getAll("x-two")).containsExactly("one", "two");
        assertThat(UTF_8.decode(answer.body()).toString()).isEqualTo("answer");
        assertThat(answer.trailers().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, ''",
        "POST, ''",
        "POST, text",
        "PUT, text",
        "PATCH, text",
        "DELETE, ''",
        "OPTIONS, ''",
        "QUERY, text"
    })
    void sendsMethodAndBody(String method, String body) throws Exception {
        answer(call(method, "/", body, "content-length", "999"));

        Seen request = seen.remove();
        assertThat(request.method()).isEqualTo(method);
        assertThat(request.body()).isEqualTo(body);
        if (!body.isEmpty()) {
            assertThat(request.headers().get("Content-length")).containsExactly("" + body.length());
        }
    }

    @Test
    void saysWhomTheCallIsForWhereverItGoes() throws Exception {
        answer(call("GET", "/", ""));

        assertThat(seen.remove().headers().get("Host")).containsExactly("shop.example:8080");
    }

    @Test
    void keepsTheHeadersOfTheConnectionToItself() throws Exception {
        answer(call(
                "GET",
                "/",
                "",
                "connection",
                "close",
                "upgrade",
                "websocket",
                "expect",
                "100-continue",
                "te",
                "trailers",
                "transfer-encoding",
                "chunked",
                "keep-alive",
                "1",
                "user-agent",
                "guest",
                "x-kept",
                "1",
                "x-kept",
                "2"));

        Headers headers = seen.remove().headers();
        assertThat(headers).doesNotContainKeys("Upgrade", "Expect", "Te", "Transfer-encoding", "Keep-alive");
        assertThat(headers.get("User-agent")).containsExactly("guest");
        assertThat(headers.get("X-kept")).containsExactly("1", "2");
    }

    @ParameterizedTest
    @CsvSource({
        "/a?b=c&d, /a?b=c&d",
        "/a%20b%zz%, /a%20b%25zz%25",
        "'/a b|c\"<{[]}>#', /a%20b%7Cc%22%3C%7B%5B%5D%7D%3E%23",
        "/\u00c3\u00a9, /%C3%A9",
        "//a//b, //a//b",
        "/?url=http://x/y?z, /?url=http://x/y?z"
    })
    void sendsEveryPath(String path, String sent) throws Exception {
        answer(call("GET", path, ""));

        assertThat(seen.remove().uri()).hasToString(sent);
    }

    @Test
    void sendsNothingOfItsOwnThatChangesTheAnswer() throws Exception {
        answer(call("GET", "/", ""));

        assertThat(seen.remove().headers()).doesNotContainKeys("Accept-encoding", "Authorization", "Cookie", "Range");
    }

    /** No redirect is followed, no credentials are looked for, and nothing is tried again. */
    @ParameterizedTest
    @ValueSource(ints = {302, 307, 401, 407, 429, 503})
    void everyStatusIsTheAnswer(int status) throws Exception {
        Answer answer = answer(call("GET", "/" + status, ""));

        assertThat(answer.headers().get(":status")).isEqualTo("" + status);
        assertThat(answer.headers().get("location")).isEqualTo("/elsewhere");
        assertThat(seen).hasSize(1);
    }

    @Test
    void remembersNoCookie() throws Exception {
        answer(call("GET", "/", ""));
        answer(call("GET", "/", ""));

        seen.remove();
        assertThat(seen.remove().headers()).doesNotContainKey("Cookie");
    }

    @Test
    void asksNoProxy() throws Exception {
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                throw new AssertionError("a proxy was looked for");
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        });
        try (HttpCallClient fresh = newClient()) {
            fresh.start(call("GET", "/", ""), results::add);
            assertThat(results.poll(20, TimeUnit.SECONDS)).isInstanceOf(Answer.class);
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'x-a: b', c, the header 'x-a:?b' has a name or a value that no HTTP message can have",
        "x-a, 'b\r\nx-c: d', the header 'x-a' has a name or a value that no HTTP message can have",
        "x-a, 'b\u0000', the header 'x-a' has a name or a value that no HTTP message can have",
        ":path, relative, :path does not begin with '/'",
        ":method, 'GET /', 'a call cannot have that :method: '",
        ":method, CONNECT, 'a call cannot have that :method: '",
        ":authority, 'a b', 'a call cannot have that :authority: a?b'"
    })
    void refusesWhatCannotBeSent(String name, String value, String message) {
        HttpCall call = call("GET", "/", "");
        call.headers().set(name, value);

        assertThatThrownBy(() -> client.start(call, results::add))
                .isInstanceOf(CalloutRefusedException.class)
                .hasMessageStartingWith(message);
        assertThat(results).isEmpty();
    }

    /** Repeated, because giving up may meet the call at any step. */
    @RepeatedTest(20)
    void aCancelledCallHangsUp() throws Exception {
        try (RawServer silent = RawServer.thatIsSilentAfter("")) {
            Callout callout = client.start(call(silent.port(), MOST, "GET", "/", ""), results::add);
            silent.awaitQuestion();
            callout.cancel();
            silent.awaitHangUp();
            assertThat(results.poll(20, TimeUnit.SECONDS)).isInstanceOf(Failure.class);
        }
    }

    @Test
    void closingHangsUp() throws Exception {
        try (RawServer silent = RawServer.thatIsSilentAfter("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf")) {
            client.start(call(silent.port(), MOST, "GET", "/", ""), results::add);
            silent.awaitQuestion();
            client.close();
            silent.awaitHangUp();
            assertThat(results.poll(20, TimeUnit.SECONDS)).isInstanceOf(Failure.class);
            assertThatThrownBy(() -> client.start(call("GET", "/", ""), results::add))
                    .isInstanceOf(CalloutRefusedException.class);
        }
    }

    @Test
    void anEndlessAnswerIsCutAtTheLimit() throws Exception {
        try (RawServer endless = RawServer.thatIsSilentAfter("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(5000))) {
            client.start(call(endless.port(), 4999, "GET", "/", ""), results::add);
            assertThat(results.poll(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.reason())
                            .contains("larger than the plugin's limit callout-body of 4999 bytes"));
            endless.awaitHangUp();
        }
    }

    @Test
    void aBodyThatBreaksOffIsAFailure() throws Exception {
        fails(RawServer.thatHangsUpAfter("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf"));
    }

    @Test
    void whatIsNoHttpIsAFailure() throws Exception {
        fails(RawServer.thatHangsUpAfter("220 smtp.example ready\r\n"));
    }

    @Test
    void aConnectionThatEndsWithoutAnAnswerIsAFailure() throws Exception {
        fails(RawServer.thatHangsUpAfter(""));
    }

    @Test
    void nobodyListeningIsAFailure() throws Exception {
        RawServer gone = RawServer.thatHangsUpAfter("");
        gone.close();
        fails(gone);
    }

    private void fails(RawServer broken) throws Exception {
        try (broken) {
            client.start(call(broken.port(), MOST, "GET", "/", ""), results::add);
            assertThat(results.poll(20, TimeUnit.SECONDS)).isInstanceOf(Failure.class);
        }
    }

    @Test
    void manyCallsToOneServerAreUnderWayAtOnce() throws Exception {
        int calls = 100;
        BlockingQueue<HttpCallResult> answers = new ArrayBlockingQueue<>(calls);
        CountDownLatch allAsked = new CountDownLatch(calls);
        try (TestServer patient = new TestServer(exchange -> {
            allAsked.countDown();
            TestServer.await(allAsked);
            TestServer.answer(exchange, 200, "");
        })) {
            for (int i = 0; i < calls; i++) {
                client.start(call(patient.port(), MOST, "GET", "/" + i, ""), answers::add);
            }
            for (int i = 0; i < calls; i++) {
                assertThat(answers.poll(20, TimeUnit.SECONDS)).isInstanceOf(Answer.class);
            }
        }
    }

    private Answer answer(HttpCall call) throws InterruptedException {
        client.start(call, results::add);
        HttpCallResult result = results.poll(20, TimeUnit.SECONDS);
        assertThat(result).isInstanceOf(Answer.class);
        return (Answer) result;
    }

    private HttpCall call(String method, String path, String body, String... more) {
        return call(server.port(), MOST, method, path, body, more);
    }

    private static HttpCall call(int port, int most, String method, String path, String body, String... more) {
        HeaderMap headers = HeaderMap.of(":method", method, ":path", path, ":authority", "shop.example:8080");
        headers.addAll(HeaderMap.of(more));
        return new HttpCall(
                URI.create("http://127.0.0.1:" + port),
                Optional.empty(),
                headers,
                ByteBuffer.wrap(body.getBytes(UTF_8)),
                new HeaderMap(0),
                Duration.ofSeconds(20),
                most);
    }
}

package dev.proxywasm.internal.module.http;

import static dev.proxywasm.internal.module.http.ScriptedServer.answer;
import static dev.proxywasm.internal.module.http.ScriptedServer.truncated;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.internal.module.source.ModuleException;
import dev.proxywasm.internal.module.source.UnreachableException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that misbehaves in every way that a test could think of. */
class HttpFetcherTest {

    private static final byte[] NOTHING = new byte[0];
    private static final byte[] BODY = "a module".getBytes(UTF_8);

    private final ScriptedServer server = new ScriptedServer();
    private final TestTiming clock = new TestTiming();

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpFetcher fetcher(Duration patience) {
        return new HttpFetcher(new AddressGuard(Set.of("127.0.0.1")), clock.timing(patience));
    }

    private FetchResponse get(String path) throws Exception {
        return fetcher(Duration.ofSeconds(15)).send(FetchRequest.get(server.uri(path), 1000));
    }

    @Test
    void givesTheAnswer() throws Exception {
        server.on("/x", answer(200, BODY, "ETag", "\"1\""));
        FetchResponse response = get("/x");
        assertThat(response.body()).isEqualTo(BODY);
        assertThat(response.header("etag")).isEqualTo("\"1\"");
        assertThat(response.uri()).isEqualTo(server.uri("/x"));
        assertThat(clock.pauses()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 599, 429})
    void triesAgainWithGrowingPauses(int status) throws Exception {
        server.on("/x", answer(status, BODY), answer(status, BODY), answer(status, BODY), answer(200, BODY));
        assertThat(get("/x").body()).isEqualTo(BODY);
        assertThat(clock.pauses())
                .containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void pausesAsTheServerAsksButNotForLong() throws Exception {
        server.on(
                "/x",
                answer(429, NOTHING, "Retry-After", "3"),
                answer(503, NOTHING, "Retry-After", "86400"),
                answer(503, NOTHING, "Retry-After", "when I want"),
                answer(200, BODY));
        assertThat(get("/x").isGood()).isTrue();
        assertThat(clock.pauses())
                .containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(2));
    }

    @Test
    void givesUpAfterFiveTries() {
        server.on("/x", answer(503, BODY));
        assertThatThrownBy(() -> get("/x"))
                .isInstanceOf(UnreachableException.class)
                .hasMessage("cannot be fetched: GET " + server.uri("/x")
                        + " answered with status 503 (5 tries); see that the server runs and can be reached from here");
        assertThat(server.requests()).hasSize(5);
        assertThat(clock.pauses()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 418, 501, 505, 511})
    void doesNotTryAgainWhatIsHopeless(int status) throws Exception {
        server.on("/x", answer(status, BODY));
        assertThat(get("/x").status()).isEqualTo(status);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void triesAgainWhenTheAnswerIsCutOff() throws Exception {
        server.on("/x", truncated(BODY, 500), truncated(NOTHING, 3), answer(200, BODY));
        assertThat(get("/x").body()).isEqualTo(BODY);
        assertThat(clock.pauses()).hasSize(2);
    }

    @Test
    void triesAgainWhenNothingComesAnyMore() throws Exception {
        server.on("/x", server.stalling(NOTHING), server.stalling(BODY), answer(200, BODY));
        FetchResponse response = fetcher(Duration.ofMillis(150)).send(FetchRequest.get(server.uri("/x"), 1000));
        assertThat(response.body()).isEqualTo(BODY);
        assertThat(clock.pauses()).hasSize(2);
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> fetcher(Duration.ofSeconds(15))
                        .send(FetchRequest.get(URI.create("http://127.0.0.1:" + port + "/x"), 1)))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("failed: the connection was refused (5 tries)");
    }

    @Test
    void refusesAnAnswerThatIsTooLargeAtOnce() {
        server.on("/announced", answer(200, new byte[1001])).on("/chunked", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[2000]);
        });
        for (String path : Set.of("/announced", "/chunked")) {
            assertThatThrownBy(() -> get(path))
                    .isInstanceOf(ModuleException.class)
                    .hasMessage("cannot be fetched: it is larger than 1000 bytes, the most that is fetched");
        }
        assertThat(server.requests()).as("no second try").hasSize(2);
    }

    @Test
    void cutsTheBodyOfARefusal() throws Exception {
        server.on("/x", answer(404, new byte[5000]));
        assertThat(get("/x").body()).hasSize(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsRedirects(int status) throws Exception {
        server.on("/a", answer(status, NOTHING, "Location", "/b"))
                .on("/b", answer(status, NOTHING, "Location", server.uri("/c").toString()))
                .on("/c", answer(200, BODY));
        assertThat(get("/a").uri()).isEqualTo(server.uri("/c"));
    }

    @Test
    void refusesRedirectsThatDoNotEnd() {
        server.on("/a", answer(302, NOTHING, "Location", "/a"));
        assertThatThrownBy(() -> get("/a"))
                .hasMessage("cannot be fetched: " + server.uri("/a")
                        + " redirects more than 5 times; name the address where the module is");
        assertThat(server.requests()).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/",
                "https://169.254.169.254/",
                "https://[::ffff:169.254.169.254]/",
                "file:///etc/passwd",
                "http://localhost/x"
            })
    void looksWhereRedirectsLeadTo(String location) {
        server.on("/a", answer(302, NOTHING, "Location", location));
        assertThatThrownBy(() -> get("/a")).isInstanceOf(ModuleException.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void sendsCredentialsOnlyToTheServerThatTheyAreFor() throws Exception {
        CopyOnWriteArrayList<String> seen = new CopyOnWriteArrayList<>();
        try (ScriptedServer other = new ScriptedServer()) {
            other.on("/c", exchange -> {
                seen.add("other " + exchange.getRequestHeaders().getFirst("Authorization"));
                answer(200, BODY).handle(exchange);
            });
            server.on("/a", answer(307, NOTHING, "Location", "/b")).on("/b", exchange -> {
                seen.add("same " + exchange.getRequestHeaders().getFirst("Authorization"));
                answer(307, NOTHING, "Location", other.uri("/c").toString()).handle(exchange);
            });
            fetcher(Duration.ofSeconds(15))
                    .send(FetchRequest.get(server.uri("/a"), 1000).with("authorization", "Basic secret"));
        }
        assertThat(seen).containsExactly("same Basic secret", "other null");
    }

    @Test
    void showsNoHeaderThatCannotBeSent() {
        assertThatThrownBy(() -> fetcher(Duration.ofSeconds(15))
                        .send(FetchRequest.get(server.uri("/a"), 1000).with("authorization", "secret\n")))
                .isInstanceOf(ModuleException.class)
                .hasMessageEndingWith("a header has a character that HTTP does not allow")
                .hasNoCause();
    }

    @Test
    void sendsFormsWithoutFollowingRedirects() throws Exception {
        server.on("POST /token", answer(302, NOTHING, "Location", "/b"));
        FetchResponse response = fetcher(Duration.ofSeconds(15))
                .send(FetchRequest.get(server.uri("/token"), 1000).asPost("a=b"));
        assertThat(response.status()).isEqualTo(302);
    }

    @Test
    void anInterruptedThreadStopsFetching() {
        server.on("/x", server.stalling(NOTHING));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> get("/x")).hasMessage("was not fetched: the thread was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}

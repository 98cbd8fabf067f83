package dev.proxywasm.it.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.it.contract.Difference;
import dev.proxywasm.it.contract.Payload;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The heart of the contract, for a WAR that finds its plugins by MicroProfile Config, on a server that shares no class with the test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WarContract {

    private static final byte[] MEBIBYTE = Payload.ofSize(Payload.MEBIBYTE);
    private static final HttpResponse.BodyHandler<String> TEXT = BodyHandlers.ofString();

    private final HttpClient client =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private final Starter starter;
    private final Set<Difference> differences;
    private @Nullable ServerProcess server;

    interface Starter {
        ServerProcess start(Path directory) throws IOException;
    }

    WarContract(Starter starter, Difference... differences) {
        this.starter = starter;
        this.differences = Set.of(differences);
    }

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        ServerProcess started = starter.start(directory);
        server = started;
        started.awaitStart();
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (server != null) {
            server.stop();
        }
    }

    @Test
    void addsAndRemovesHeadersOfARequest() throws Exception {
        assertThat(send(request("/request-add", "header:x-added")).body()).isEqualTo("of a filter");
        assertThat(send(request("/request-remove", "header:x-known").header("x-known", "of the client"))
                        .body())
                .isEqualTo("null");
    }

    @ParameterizedTest
    @CsvSource({
        "/request-path/a?b, GET /app/rewritten q=new",
        "/request-method, PUT /app/request-method null",
        "/request-add/a%20b?x=%26&y, GET /app/request-add/a%20b x=%26&y"
    })
    void showsTheRequestLineThatPluginsLeave(String path, String line) throws Exception {
        assertThat(send(request(path, "line")).body()).startsWith(line + " 127.0.0.1:");
    }

    @Test
    void showsTheAuthorityThatPluginsLeave() throws Exception {
        assertThat(send(request("/request-authority", "line")).body()).endsWith(" elsewhere.example:8443");
    }

    @Test
    void changesTheHeadOfAResponse() throws Exception {
        assertThat(send(request("/response-add", "respond:own")).headers().allValues("x-known"))
                .containsExactly("own", "of a filter");
        assertThat(send(request("/response-replace", "respond:own")).headers().allValues("x-known"))
                .containsExactly("of a filter");
        assertThat(send(request("/response-status", "respond:own")).statusCode())
                .isEqualTo(299);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pass", "/hold"})
    void carriesBodiesUnchanged(String path) throws Exception {
        for (int size : new int[] {0, 1, 8192, Payload.MEBIBYTE}) {
            byte[] body = Payload.ofSize(size);
            assertThat(send(request(path, "fingerprint").POST(BodyPublishers.ofByteArray(body)))
                            .body())
                    .isEqualTo(Payload.fingerprint(body));
            HttpResponse<byte[]> response =
                    client.send(request(path, "zeros:" + size).build(), BodyHandlers.ofByteArray());
            assertThat(response.body()).isEqualTo(new byte[size]);
        }
    }

    @Test
    void replacesBodies() throws Exception {
        HttpRequest.Builder upload =
                request("/replace-request", "fingerprint").POST(BodyPublishers.ofByteArray(MEBIBYTE));
        assertThat(send(upload).body()).isEqualTo(Payload.fingerprint("replaced".getBytes(US_ASCII)));
        HttpResponse<String> response = send(request("/replace-response", "zeros:100000"));
        assertThat(response.body()).isEqualTo("replaced");
        assertThat(response.headers().allValues("content-length")).containsExactly("8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/deny", "/deny-response"})
    void answersInThePlaceOfTheApplication(String path) throws Exception {
        HttpResponse<String> response = send(request(path, "respond:own"));
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("denied by a filter");
        assertThat(response.headers().allValues("x-denied-by")).containsExactly("wat");
        assertThat(response.headers().allValues("x-known")).isEmpty();
    }

    @Test
    void waitsForAPlugin() throws Exception {
        assertThat(send(request("/pause", "header:x-resumed-by")).body()).isEqualTo("tick");
        HttpResponse<String> response = send(request("/pause-response", "respond:own"));
        assertThat(response.body()).isEqualTo("application");
        assertThat(response.headers().allValues("x-resumed-by")).containsExactly("tick");
    }

    @Test
    void answers504WhereNothingResumesARequest() throws Exception {
        assertThat(send(request("/pause-for-ever", "respond:own")).statusCode()).isEqualTo(504);
    }

    @ParameterizedTest
    @ValueSource(strings = {"t", "l", "r", "T"})
    void recoversFromAGuestThatFails(String how) throws Exception {
        assertThat(send(request("/misbehave/" + how, "respond:own").header("x-misbehave", how))
                        .statusCode())
                .isEqualTo(503);
        assertThat(send(request("/misbehave/" + how, "respond:own")).body()).isEqualTo("application");
    }

    @Test
    void letsAPluginRemoveTheCookiesOfTheApplication() throws Exception {
        assertThat(cookies("/remove-cookies", "cookie:1")).isEmpty();
        assertThat(cookies("/response-add", "cookie:1")).hasSize(1);
    }

    @Test
    void letsAPluginRemoveTheCookieOfASession() throws Exception {
        assertThat(cookies("/remove-cookies", "session"))
                .hasSize(differences.contains(Difference.SESSION_COOKIE_COMES_LATE) ? 1 : 0);
    }

    private List<String> cookies(String path, String behaviour) throws Exception {
        return send(request(path, behaviour)).headers().allValues("set-cookie");
    }

    @Test
    void holdsTheBodyOfAnAsynchronousAnswer() throws Exception {
        HttpResponse<String> response = send(request("/response-add", "async"));
        assertThat(response.body()).isEqualTo("asynchronous");
        assertThat(response.headers().allValues("x-known")).containsExactly("of a filter");
        assertThat(send(request("/replace-response", "async")).body()).isEqualTo("replaced");
    }

    @Test
    void sendsErrorPagesThroughThePlugins() throws Exception {
        HttpResponse<String> page = send(request("/response-add", "error:410"));
        assertThat(page.statusCode()).isEqualTo(410);
        assertThat(page.body()).isEqualTo("page of 410");
        assertThat(page.headers().allValues("x-known")).containsExactly("of a filter");
        HttpResponse<String> replaced = send(request("/replace-response", "error:410"));
        assertThat(replaced.statusCode()).isEqualTo(410);
        assertThat(replaced.body()).isEqualTo("replaced");
    }

    @Test
    void sendsTheErrorOfAnExceptionThroughThePlugins() throws Exception {
        HttpResponse<String> response = send(request("/response-add", "throw"));
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.headers().allValues("x-known"))
                .isEqualTo(
                        differences.contains(Difference.EXCEPTION_CLEARS_HEADERS) ? List.of() : List.of("of a filter"));
    }

    @Test
    void redirects() throws Exception {
        HttpResponse<String> response = send(request("/response-add", "redirect:/app/elsewhere"));
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/app/elsewhere"));
        assertThat(response.headers().allValues("x-known")).containsExactly("of a filter");
    }

    @Test
    void mixesUpNobody() {
        List<CompletableFuture<String>> echoes = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            HttpRequest request =
                    request("/echo", "respond:own").header("x-id", "id-" + i).build();
            echoes.add(client.sendAsync(request, TEXT)
                    .thenApply(
                            response -> response.headers().firstValue("x-echo").orElse("none")));
        }
        for (int i = 0; i < echoes.size(); i++) {
            assertThat(echoes.get(i).join()).isEqualTo("id-" + i);
        }
    }

    private HttpRequest.Builder request(String path, String behaviour) {
        return HttpRequest.newBuilder(Optional.ofNullable(server).orElseThrow().uri(path))
                .timeout(Duration.ofSeconds(30))
                .header(RemoteApplication.BEHAVIOUR, behaviour);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), TEXT);
    }
}

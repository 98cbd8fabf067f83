package dev.proxywasm.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QuickStartTest {

    private static Server server;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        server = QuickStart.start(0);
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
    }

    @Test
    void addsTheHeaderToTheApplicationsAnswer() throws Exception {
        HttpResponse<String> response = send(request("/"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().allValues("x-some-extra-header")).containsExactly("value");
        assertThat(response.body()).isEqualTo("Hello from /" + System.lineSeparator());
    }

    @Test
    void forbidsWhatIsPrivateWithoutAKey() throws Exception {
        HttpResponse<String> response = send(request("/private"));
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("This needs an x-api-key header.\n");
    }

    @Test
    void forbidsWhatIsBelowPrivateWithoutAKey() throws Exception {
        assertThat(send(request("/private/files")).statusCode()).isEqualTo(403);
    }

    @Test
    void letsWhatIsPrivatePassWithAKey() throws Exception {
        HttpResponse<String> response = send(request("/private").header("x-api-key", "secret"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("Hello from /private" + System.lineSeparator());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://localhost:" + server.getURI().getPort() + path));
    }
}

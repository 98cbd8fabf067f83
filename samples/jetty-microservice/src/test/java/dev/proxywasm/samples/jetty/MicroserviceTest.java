package dev.proxywasm.samples.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MicroserviceTest {

    private static Server server;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        server = Microservice.start(Path.of("proxy-wasm.yaml"), 0);
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
    }

    @Test
    void echoesThroughTheFilters() throws Exception {
        HttpResponse<String> response = send(request("/").POST(BodyPublishers.ofString("hello")));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().allValues("x-some-extra-header")).containsExactly("value");
        assertThat(response.body()).isEqualTo("hello");
    }

    @Test
    void forbidsWhatIsPrivateWithoutAKey() throws Exception {
        HttpResponse<String> response = send(request("/private"));
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("This needs an x-api-key header.\n");
        assertThat(send(request("/private").header("x-api-key", "secret")).statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://localhost:" + server.getURI().getPort() + path));
    }
}

package dev.proxywasm.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

class ShopTest {

    private static ConfigurableApplicationContext shop;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        shop = SpringApplication.run(Shop.class, "--server.port=0");
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        int port = ((WebServerApplicationContext) shop).getWebServer().getPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void addsTheHeader() throws Exception {
        HttpResponse<String> response = get("/articles/7");
        assertThat(response.body()).contains("\"id\":7", "\"name\":\"Tea\"");
        assertThat(response.headers().firstValue("x-some-extra-header")).contains("value");
    }

    @Test
    void guardsWhatIsPrivate() throws Exception {
        assertThat(get("/private/stock").statusCode()).isEqualTo(403);
        assertThat(get("/private/stock", "x-api-key", "secret").body()).isEqualTo("{\"Tea\":42}");
    }

    @Test
    void showsTheFilters() throws Exception {
        assertThat(get("/actuator/proxywasm").body()).contains("\"name\":\"api-key\"", "\"name\":\"add-header\"");
        assertThat(get("/actuator/health").body()).contains("\"proxyWasm\"", "\"status\":\"UP\"");
    }
}

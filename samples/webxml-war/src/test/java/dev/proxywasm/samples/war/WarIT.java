package dev.proxywasm.samples.war;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The WAR that the build has made, unpacked, on the Tomcat that {@code run.sh} starts, whose class path has nothing of it. */
class WarIT {

    private static Tomcat server;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void deploy() throws Exception {
        System.setProperty(
                "catalina.base", Path.of("target", "tomcat").toAbsolutePath().toString());
        System.setProperty("port", "0");
        System.setProperty(
                "war", Path.of("target", "webxml-war").toAbsolutePath().toString());
        server = new Tomcat();
        server.init(
                null,
                new String[] {"-config", Path.of("server.xml").toAbsolutePath().toString()});
        server.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
        server.destroy();
    }

    @Test
    void bringsTheFilterItself() {
        assertThatThrownBy(() -> Class.forName("dev.proxywasm.servlet.ProxyWasmFilter"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void addsTheHeader() throws Exception {
        HttpResponse<String> response = get("/articles");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().allValues("x-some-extra-header")).containsExactly("value");
        assertThat(response.body()).isEqualTo("Hello from /articles\n");
    }

    @Test
    void forbidsWhatIsPrivateWithoutAKey() throws Exception {
        HttpResponse<String> response = get("/private");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("This needs an x-api-key header.\n");
        assertThat(get("/private", "x-api-key", "secret").statusCode()).isEqualTo(200);
    }

    @Test
    void addsTheHeaderToThePageOfAnError() throws Exception {
        HttpResponse<String> response = get("/missing");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().allValues("x-some-extra-header")).containsExactly("value");
        assertThat(response.body()).isEqualTo("There is nothing here.\n");
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://localhost:" + server.getConnector().getLocalPort() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}

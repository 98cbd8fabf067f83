package dev.proxywasm.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application whose plugins change while it runs, over real sockets. */
@ExtendWith(OutputCaptureExtension.class)
class ReloadedApplicationTest {

    private static final String AT_ONCE = "reload: {interval: 100ms}";
    private static final String BY_HAND = "reload: {watch: false}";
    private static final String ENDPOINT = "/actuator/proxywasm";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Object> properties = new HashMap<>();

    @TempDir
    private Path directory;

    private ConfigurableApplicationContext application;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Shop {

        @GetMapping("/")
        String hello() {
            return "hello";
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http) throws Exception {
            return http.csrf(AbstractHttpConfigurer::disable).build();
        }
    }

    @BeforeEach
    void copyTheFilter() throws IOException {
        copy("add-header.wat", "filter.wat");
    }

    private void copy(String filter, String file) throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/filters/" + filter)) {
            replace(file, Objects.requireNonNull(in).readAllBytes());
        }
    }

    @AfterEach
    void close() {
        if (application != null) {
            application.close();
        }
    }

    /** As whoever replaces a file in use does: by moving another one into its place. */
    private void replace(String file, byte[] content) throws IOException {
        Path written = Files.write(directory.resolve("being-written"), content);
        Files.move(written, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    private void configure(String more, String value) throws IOException {
        String yaml =
                """
                proxy-wasm:
                  %s
                  plugins:
                    - {name: add-header, module: filter.wat, configuration: "x-extra: %s", instances: 1}
                """;
        replace("proxy-wasm.yaml", yaml.formatted(more, value).getBytes(StandardCharsets.UTF_8));
    }

    private void startWithFile() {
        start("--proxy-wasm.config=" + directory.resolve("proxy-wasm.yaml").toUri());
    }

    private void start(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.endpoints.web.exposure.include=*",
                "--management.endpoint.health.show-details=always"));
        arguments.addAll(List.of(more));
        SpringApplication boot = new SpringApplication(Shop.class);
        boot.addInitializers(created ->
                created.getEnvironment().getPropertySources().addLast(new MapPropertySource("changing", properties)));
        application = boot.run(arguments.toArray(String[]::new));
    }

    private HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String get(String path) throws IOException, InterruptedException {
        return send("GET", path, "x-api-key", "any").body();
    }

    /** What the filter put into a response. */
    private Optional<String> extra() throws IOException, InterruptedException {
        HttpResponse<String> response = send("GET", "/");
        assertThat(response.body()).isEqualTo("hello");
        return response.headers().firstValue("x-extra");
    }

    @Test
    void followsTheFileThatAPropertyNames() throws Exception {
        configure(AT_ONCE, "one");
        startWithFile();
        assertThat(extra()).contains("one");
        assertThat(get(ENDPOINT)).contains("\"lastReload\":null");
        configure(AT_ONCE, "two");
        await().untilAsserted(() -> assertThat(extra()).contains("two"));
        await().untilAsserted(() -> assertThat(get(ENDPOINT)).contains("\"changed\":[\"add-header\"]"));
        aBadChangeLeavesWhatRunsAndIsSeen();
    }

    private void aBadChangeLeavesWhatRunsAndIsSeen() throws Exception {
        replace("proxy-wasm.yaml", "proxy-wasm: {plugin: []}".getBytes(StandardCharsets.UTF_8));
        await().untilAsserted(() -> assertThat(get(ENDPOINT)).contains("did you mean 'plugins'?"));
        assertThat(extra()).contains("two");
        HttpResponse<String> health = send("GET", "/actuator/health");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).startsWith("{").contains("\"problem\":", "did you mean 'plugins'?");
        assertThat(get("/actuator/health/proxyWasmReload")).contains("\"status\":\"UP\"", "proxy-wasm.yaml:1");
        assertThat(get("/actuator/health/proxyWasm/add-header")).contains("\"status\":\"UP\"");
        configure(AT_ONCE, "one");
        await().untilAsserted(() ->
                assertThat(get("/actuator/health/proxyWasmReload")).doesNotContain("problem"));
    }

    @Test
    void followsWasmPluginDocumentsAndTheirModules(CapturedOutput output) throws Exception {
        Path documents = Files.createDirectory(directory.resolve("mesh"));
        copy("api-key.wat", "api-key.wat");
        start("--proxy-wasm.istio.wasm-plugins=" + documents, "--proxy-wasm.reload.interval=100ms");
        assertThat(send("GET", "/").statusCode()).isEqualTo(200);
        String document =
                """
                apiVersion: extensions.istio.io/v1alpha1
                kind: WasmPlugin
                metadata: {name: late}
                spec: {url: "%s", phase: AUTHN}
                """
                        .formatted(directory.resolve("api-key.wat").toUri());
        replace("mesh/late.yaml", document.getBytes(StandardCharsets.UTF_8));
        await().untilAsserted(() -> assertThat(send("GET", "/").statusCode()).isEqualTo(403));
        assertThat(get("/actuator/health/proxyWasm")).contains("late\":{");
        await().untilAsserted(() -> assertThat(output)
                .contains("the filter stays behind Spring Security", "proxy-wasm.filter.order=-10010"));
        Files.delete(documents.resolve("late.yaml"));
        await().untilAsserted(() -> assertThat(send("GET", "/").statusCode()).isEqualTo(200));
        assertThat(get("/actuator/health/proxyWasm")).doesNotContain("late");
    }

    @Test
    void reloadsByHand() throws Exception {
        configure(BY_HAND, "one");
        startWithFile();
        assertThat(send("POST", ENDPOINT).body()).contains("\"changed\":[]", "\"problem\":\"\"");
        configure(BY_HAND, "two");
        HttpResponse<String> reloaded = send("POST", ENDPOINT);
        assertThat(reloaded.statusCode()).isEqualTo(200);
        assertThat(reloaded.body()).contains("\"changed\":[\"add-header\"]", "\"problem\":\"\"");
        assertThat(extra()).contains("two");
        Files.delete(directory.resolve("filter.wat"));
        HttpResponse<String> refused = send("POST", ENDPOINT);
        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.body()).contains("\"changed\":[]", "plugin 'add-header'", "filter.wat");
        assertThat(extra()).contains("two");
    }

    @Test
    void followsLocationsAndSeesChangedPropertiesByHand() throws Exception {
        replace("header.txt", "x-extra: one".getBytes(StandardCharsets.UTF_8));
        properties.put("policy", "closed");
        start(
                "--proxy-wasm.reload.interval=100ms",
                "--proxy-wasm.plugins[0].name=add-header",
                "--proxy-wasm.plugins[0].module=classpath:filters/add-header.wat",
                "--proxy-wasm.plugins[0].failure-policy=${policy}",
                "--proxy-wasm.plugins[0].configuration-location="
                        + directory.resolve("header.txt").toUri());
        assertThat(extra()).contains("one");
        replace("header.txt", "x-extra: two".getBytes(StandardCharsets.UTF_8));
        await().untilAsserted(() -> assertThat(extra()).contains("two"));
        properties.put("policy", "open");
        assertThat(send("POST", ENDPOINT).body()).contains("\"changed\":[\"add-header\"]");
        assertThat(get(ENDPOINT)).contains("\"failurePolicy\":\"open\"");
        properties.put("proxy-wasm.plugin", "x");
        assertThat(send("POST", ENDPOINT).body()).contains("proxy-wasm.plugin");
        assertThat(extra()).contains("two");
    }
}

package dev.proxywasm.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The sample with a document of a mesh, unchanged but for its url, whose filter comes from a registry. */
class WasmPluginTest {

    private static final String DOCUMENT =
            """
            apiVersion: extensions.istio.io/v1alpha1
            kind: WasmPlugin
            metadata:
              name: my-wasm-plugin
              namespace: default
            spec:
              selector:
                matchLabels:
                  app: api
              url: oci://%s/org/my-wasm-plugin:v1
              phase: UNSPECIFIED_PHASE
              pluginConfig:
                your_config_param: "F00"
                other_config_param: "BAR"
            """;

    @TempDir
    private Path directory;

    @Test
    void onePropertyNamesTheDocument() throws Exception {
        try (Registry registry = new Registry()) {
            registry.publish("org/my-wasm-plugin", "v1", module());
            Path document =
                    Files.writeString(directory.resolve("wasm-plugin.yaml"), DOCUMENT.formatted(registry.host()));
            try (ConfigurableApplicationContext shop = SpringApplication.run(
                    Shop.class,
                    "--server.port=0",
                    "--proxy-wasm.istio.wasm-plugins=" + document,
                    // Since the registry has no TLS.
                    "--proxy-wasm.allow-insecure=" + registry.host(),
                    // So that nothing stays in the user's own.
                    "--proxy-wasm.cache.directory=" + directory.resolve("cache"))) {
                assertThat(get(shop, "/articles/7"))
                        .isEqualTo("{\"your_config_param\":\"F00\",\"other_config_param\":\"BAR\"}");
            }
        }
    }

    private byte[] module() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/echo-configuration.wat")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static String get(ConfigurableApplicationContext shop, String path)
            throws IOException, InterruptedException {
        int port = ((WebServerApplicationContext) shop).getWebServer().getPort();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}

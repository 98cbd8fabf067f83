package dev.proxywasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One plugin that treats some requests in another way than the rest. */
class OverridesTest {

    private static final String PLUGIN =
            """
            proxy-wasm:
              plugins:
                - name: a
                  module: classpath:wat/reload/version.wat
                  configuration: base
                  instances: 1
                  overrides:
                    - {match: {paths: [/health, /public/*]}, enabled: false}
                    - {match: {paths: [/api/*], methods: [POST]}, configuration: posted}
                    - {match: {hosts: ["*.example.com"]}, configuration: {host: example}}
                    - {match: {paths: [/api/*]}, configuration: never asked for a POST}
            """;

    private static ProxyWasmConfig read(String yaml) {
        return ProxyWasmConfigReader.yaml("test", new ByteArrayInputStream(yaml.getBytes(UTF_8)), Path.of(""));
    }

    private static String ask(ProxyWasm host, String method, String authority, String path) {
        HeaderMap headers = HeaderMap.of(":authority", authority, ":path", path, ":method", method, ":scheme", "http");
        try (HttpStream stream = host.newStream(TestExchange.FACTS, headers)) {
            return stream.requestHeaders(true) instanceof Outcome.Reply reply
                    ? UTF_8.decode(reply.response().body()).toString()
                    : "passed";
        }
    }

    @Test
    void theFirstThatFitsCounts() {
        try (ProxyWasm host = ProxyWasm.start(read(PLUGIN), getClass().getClassLoader())) {
            assertThat(ask(host, "GET", "localhost", "/")).isEqualTo("VERSIONbase");
            assertThat(ask(host, "GET", "localhost", "/health")).isEqualTo("passed");
            assertThat(ask(host, "GET", "localhost", "/public/a?b")).isEqualTo("passed");
            assertThat(ask(host, "POST", "localhost", "/api/a")).isEqualTo("VERSIONposted");
            assertThat(ask(host, "POST", "www.example.com:80", "/api/a")).isEqualTo("VERSIONposted");
            assertThat(ask(host, "GET", "www.example.com", "/api/a")).isEqualTo("VERSION{\"host\":\"example\"}");
            assertThat(ask(host, "GET", "localhost", "/api/a")).isEqualTo("VERSIONnever asked for a POST");
        }
    }

    /** Servers route these elsewhere than where they seem to lead: the plugin stays. */
    @ParameterizedTest
    @CsvSource({"/public/..;/private", "/private/..%2fpublic/a", "/public/%2e%2e/private"})
    void noSpellingOfAPathSlipsIntoAnOverride(String path) {
        try (ProxyWasm host = ProxyWasm.start(read(PLUGIN), getClass().getClassLoader())) {
            assertThat(ask(host, "GET", "localhost", path)).isEqualTo("VERSIONbase");
        }
    }

    @Test
    void theVmsOfOverridesAreCountedWithTheRest() {
        try (ProxyWasm host = ProxyWasm.start(read(PLUGIN), getClass().getClassLoader())) {
            ask(host, "GET", "localhost", "/");
            ask(host, "POST", "localhost", "/api/a");
            PluginStatus status = host.plugins().get(0);
            assertThat(status.instances()).isEqualTo(4);
            assertThat(status.count(PluginCounter.REQUESTS)).isEqualTo(2);
            assertThat(status.state()).isEqualTo(PluginState.RUNNING);
        }
    }

    @Test
    void propertiesSayThemAsYamlOrJson() {
        Map<String, String> properties = Map.of(
                "proxy-wasm.plugins", "a",
                "proxy-wasm.plugin.a.module", "a.wat",
                "proxy-wasm.plugin.a.overrides", "[{\"match\": {\"ports\": [8081]}, \"enabled\": false}]");
        ProxyWasmConfig config = ProxyWasmConfigReader.properties("test", properties::get, Path.of(""));
        assertThat(config.plugins().get(0).overrides())
                .containsExactly(PluginOverride.disabled(
                        new Match(List.of(), java.util.Set.of(), java.util.Set.of(), java.util.Set.of(8081))));
    }

    @Test
    void aConfigurationThatThePluginRefusesKeepsTheHostFromStarting() {
        PluginConfig plugin = PluginConfig.builder("a", "classpath:wat/stream/recorder.wat")
                .overrides(List.of(PluginOverride.configured(Match.ALL, "va0;")))
                .build();
        ProxyWasmConfig config = new ProxyWasmConfig(true, List.of(plugin), Path.of(""));
        assertThatThrownBy(() -> ProxyWasm.start(config, getClass().getClassLoader()))
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("plugin 'a'");
    }
}

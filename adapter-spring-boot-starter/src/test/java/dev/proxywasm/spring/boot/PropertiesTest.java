package dev.proxywasm.spring.boot;

import static dev.proxywasm.spring.boot.Properties.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.ConfigurationException;
import dev.proxywasm.FailurePolicy;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.ProxyWasmConfigReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Properties mean in Spring Boot what they mean in every other door. */
class PropertiesTest {

    private static final String EVERY_KEY =
            """
            proxy-wasm:
              enabled: true
              plugins:
                - name: waf
                  module: classpath:filters/waf.wasm
                  sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                  root-id: root
                  configuration:
                    log_only: false
                    maxSize: 10
                    ratio: 0.5
                    rules: [sql, {id: 7, when: "on"}]
                  vm:
                    id: shared
                    configuration: {some_key: [1, 2]}
                    environment: {MY_MODE: strict, LEVEL: "3"}
                    host-environment: [TZ, LANG]
                  phase: authz
                  priority: 7
                  failure-policy: open
                  match: {paths: ["/api/*", "*.html"], methods: [GET, post], hosts: ["*.example.com"], ports: [80]}
                  overrides:
                    - match: {paths: [/health]}
                      enabled: false
                    - match: {paths: ["/upload/*"]}
                      configuration: {log_only: true}
                  instances: 4
                  limits:
                    callback-timeout: 2s
                    start-timeout: 3s
                    pause-timeout: 3m
                    memory: 64MiB
                    request-body-buffer: 2MiB
                    response-body-buffer: 3MB
                    header-count: 10
                    header-bytes: 4096
                    log-line: 1KiB
                    hostcalls-per-callback: 500
                    callout-timeout: 1500ms
                    callouts-in-flight: 3
                    callout-body: 5KiB
                  allow-on-headers-stop-iteration: true
                  capabilities: [proxy_log, proxy_on_request_headers]
                - name: second
                  module: second.wat
              node:
                id: here
                cluster: west
                metadata: {app_name: shop, tags: [a, b], weight: 3}
                listener-direction: outbound
                cluster-name: backend
                route-name: main
              upstreams:
                auth_service: {uri: "http://127.0.0.1:9000", timeout: 5s}
                "[outbound|443||geo.svc]": {uri: "https://geo.example"}
              allow-direct-callouts: true
              istio:
                labels: {app: shop, app.kubernetes.io/name: front_end}
                namespace: prod
              reload: {watch: false, interval: 5s, image-interval: 1m, drain-timeout: 3s}
            """;

    @Test
    void everyKeyMeansWhatItMeansInAYamlFile() {
        byte[] plain = EVERY_KEY
                .replace("[outbound|443||geo.svc]", "outbound|443||geo.svc")
                .getBytes(StandardCharsets.UTF_8);
        ProxyWasmConfig expected = ProxyWasmConfigReader.yaml(
                "test.yaml", new ByteArrayInputStream(plain), Path.of("").toAbsolutePath());
        assertThat(read(EVERY_KEY)).usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    void refusesWhatStandsBesideAFile() {
        assertThatThrownBy(() -> read("proxy-wasm: {config: 'classpath:whole.yaml', cache: {enabled: false}}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("proxy-wasm.config: names a file, so cache cannot be set beside it");
        assertThat(read("proxy-wasm: {config: 'classpath:whole.yaml', enabled: true, filter: {order: 3}}")
                        .plugins())
                .hasSize(1);
    }

    @Test
    void handsAnObjectOverAsItWasWritten() {
        assertThat(read(EVERY_KEY).plugins().get(0).configuration())
                .isEqualTo(
                        "{\"log_only\":false,\"maxSize\":10,\"ratio\":0.5,\"rules\":[\"sql\",{\"id\":7,\"when\":\"on\"}]}");
    }

    @Test
    void whatIsNotSetIsAsInEveryOtherDoor() {
        PluginConfig plugin = read("proxy-wasm: {plugins: [{name: a, module: a.wasm}]}")
                .plugins()
                .get(0);
        assertThat(plugin)
                .usingRecursiveComparison()
                .isEqualTo(PluginConfig.builder("a", "a.wasm").build());
    }

    @Test
    void takesAListFromOneSourceAsAWhole() {
        ProxyWasmConfig config = read(
                "proxy-wasm: {plugins: [{name: a, module: a.wasm, configuration: {secret: of-a}}]}",
                "proxy-wasm.plugins[0].name=b",
                "proxy-wasm.plugins[0].module=b.wasm",
                "proxy-wasm.plugins[0].configuration.own=1");
        assertThat(config.plugins()).singleElement().satisfies(plugin -> {
            assertThat(plugin.name()).isEqualTo("b");
            assertThat(plugin.configuration()).isEqualTo("{\"own\":\"1\"}");
        });
    }

    @Test
    void fillsPlaceholdersInObjects() {
        ProxyWasmConfig config = read(
                "proxy-wasm: {plugins: [{name: a, module: a.wasm, configuration: {key: '${api.key}'}}]}", "api.key=42");
        assertThat(config.plugins().get(0).configuration()).isEqualTo("{\"key\":\"42\"}");
    }

    @Test
    void takesAConfigurationFromAResource() {
        ProxyWasmConfig config = read(
                "proxy-wasm: {plugins: [{name: a, module: a.wasm, configuration-location: 'classpath:waf.json'}]}");
        assertThat(config.plugins().get(0).configuration()).isEqualTo("{\"rules\": []}\n");
    }

    @Test
    void takesTheWholeConfigurationFromAFile() {
        assertThat(read("proxy-wasm: {config: 'classpath:whole.yaml'}").plugins())
                .extracting(PluginConfig::name)
                .containsExactly("from-file");
    }

    @Test
    void takesWhatTheEnvironmentSays() {
        ProxyWasmConfig config = Properties.fromEnvironment(Map.of(
                "PROXYWASM_PLUGINS_0_NAME", "a",
                "PROXYWASM_PLUGINS_0_MODULE", "a.wasm",
                "PROXYWASM_PLUGINS_0_CONFIGURATION", "text",
                "PROXYWASM_PLUGINS_0_FAILUREPOLICY", "open"));
        assertThat(config.plugins()).singleElement().satisfies(plugin -> {
            assertThat(plugin.configuration()).isEqualTo("text");
            assertThat(plugin.failurePolicy()).isEqualTo(FailurePolicy.OPEN);
        });
    }
}

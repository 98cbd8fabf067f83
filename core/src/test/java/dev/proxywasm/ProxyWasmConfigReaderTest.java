package dev.proxywasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents that are right, through every door. */
class ProxyWasmConfigReaderTest {

    private static final Path BASE = Path.of("base");

    private static final String EVERY_KEY =
            """
            proxy-wasm:
              enabled: true
              plugins:
                - name: add-header
                  module: classpath:filters/add-header.wasm     # file: classpath:
                  sha256: ""
                  image-pull-policy: always
                  image-pull-secret: mine
                  root-id: ""
                  configuration: '{"header":"x-some-extra-header"}'   # text, or an object (handed over as JSON)
                  vm: {id: "shared", configuration: "vm-text", environment: {MODE: strict, LEVEL: 3}, host-environment: [TZ, LANG]}
                  phase: authz
                  priority: 7
                  failure-policy: open
                  match: {paths: ["/api/*", "*.html"], methods: [GET, post]}
                  instances: 4
                  limits: {callback-timeout: 2s, pause-timeout: 3m, memory: 64MiB, request-body-buffer: 2MiB, response-body-buffer: 3MB}
                  allow-on-headers-stop-iteration: true
                  capabilities: [proxy_log, proxy_on_request_headers]
                - name: second
                  module: second.wat
              upstreams:
                auth: {uri: "http://127.0.0.1:9000", timeout: 5s}
                "outbound|443||geo.svc":
                  uri: https://geo.example
                  tls:
                    ca-certificates: ca.pem
                    client-certificate: classpath:tls.pem
                    private-key: /etc/tls/tls.key
                    protocols: [TLSv1.3]
                    ciphers: [TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384]
              allow-direct-callouts: true
              allow-insecure: ["127.0.0.1:5000", registry.local]
              pull-secrets:
                mine: {file: secrets/config.json}
                text: {docker-config: {auths: {}}}
              cache: {enabled: false, directory: caches, max-size: 10MiB, max-age: 7d}
            """;

    private static final Map<String, String> EVERY_PROPERTY = Map.ofEntries(
            Map.entry("proxy-wasm.enabled", "true"),
            Map.entry("proxy-wasm.plugins", "add-header, second"),
            Map.entry("proxy-wasm.plugin.add-header.module", "classpath:filters/add-header.wasm"),
            Map.entry("proxy-wasm.plugin.add-header.sha256", ""),
            Map.entry("proxy-wasm.plugin.add-header.configuration", "{\"header\":\"x-some-extra-header\"}"),
            Map.entry("proxy-wasm.plugin.add-header.vm.id", "shared"),
            Map.entry("proxy-wasm.plugin.add-header.vm.configuration", "vm-text"),
            Map.entry("proxy-wasm.plugin.add-header.vm.environment", "MODE=strict,LEVEL=3"),
            Map.entry("proxy-wasm.plugin.add-header.vm.host-environment", "TZ,LANG"),
            Map.entry("proxy-wasm.plugin.add-header.phase", "AUTHZ"),
            Map.entry("proxy-wasm.plugin.add-header.priority", "7"),
            Map.entry("proxy-wasm.plugin.add-header.failure-policy", "open"),
            Map.entry("proxy-wasm.plugin.add-header.match.paths", "/api/*,*.html"),
            Map.entry("proxy-wasm.plugin.add-header.match.methods", "GET,post"),
            Map.entry("proxy-wasm.plugin.add-header.instances", "4"),
            Map.entry("proxy-wasm.plugin.add-header.limits.callback-timeout", "PT2S"),
            Map.entry("proxy-wasm.plugin.add-header.limits.pause-timeout", "3m"),
            Map.entry("proxy-wasm.plugin.add-header.limits.memory", "64MiB"),
            Map.entry("proxy-wasm.plugin.add-header.limits.request-body-buffer", "2097152"),
            Map.entry("proxy-wasm.plugin.add-header.limits.response-body-buffer", "3MB"),
            Map.entry("proxy-wasm.plugin.add-header.allow-on-headers-stop-iteration", "true"),
            Map.entry("proxy-wasm.plugin.add-header.capabilities", "proxy_log,proxy_on_request_headers"),
            Map.entry("proxy-wasm.plugin.second.module", "second.wat"),
            Map.entry("proxy-wasm.upstreams", "auth, outbound|443||geo.svc"),
            Map.entry("proxy-wasm.upstream.auth.uri", "http://127.0.0.1:9000"),
            Map.entry("proxy-wasm.upstream.auth.timeout", "5s"),
            Map.entry("proxy-wasm.upstream.outbound|443||geo.svc.uri", "https://geo.example"),
            Map.entry("proxy-wasm.upstream.outbound|443||geo.svc.tls.ca-certificates", "ca.pem"),
            Map.entry("proxy-wasm.upstream.outbound|443||geo.svc.tls.client-certificate", "classpath:tls.pem"),
            Map.entry("proxy-wasm.upstream.outbound|443||geo.svc.tls.private-key", "/etc/tls/tls.key"),
            Map.entry("proxy-wasm.upstream.outbound|443||geo.svc.tls.protocols", "TLSv1.3"),
            Map.entry(
                    "proxy-wasm.upstream.outbound|443||geo.svc.tls.ciphers",
                    "TLS_AES_128_GCM_SHA256,TLS_AES_256_GCM_SHA384"),
            Map.entry("proxy-wasm.allow-direct-callouts", "true"),
            Map.entry("proxy-wasm.plugin.add-header.image-pull-policy", "ALWAYS"),
            Map.entry("proxy-wasm.plugin.add-header.image-pull-secret", "mine"),
            Map.entry("proxy-wasm.allow-insecure", "127.0.0.1:5000,registry.local"),
            Map.entry("proxy-wasm.pull-secrets", "mine,text"),
            Map.entry("proxy-wasm.pull-secret.mine.file", "secrets/config.json"),
            Map.entry("proxy-wasm.pull-secret.text.docker-config", "{\"auths\":{}}"),
            Map.entry("proxy-wasm.cache.enabled", "false"),
            Map.entry("proxy-wasm.cache.directory", "caches"),
            Map.entry("proxy-wasm.cache.max-size", "10MiB"),
            Map.entry("proxy-wasm.cache.max-age", "7d"),
            Map.entry("java.version", "17"));

    private static final ProxyWasmConfig EVERYTHING = ProxyWasmConfig.builder()
            .plugins(List.of(
                    PluginConfig.builder("add-header", "classpath:filters/add-header.wasm")
                            .imagePull(new ImagePull(ImagePull.Policy.ALWAYS, "mine"))
                            .configuration("{\"header\":\"x-some-extra-header\"}")
                            .vm(new VmConfig(
                                    "shared", "vm-text", Map.of("MODE", "strict", "LEVEL", "3"), List.of("TZ", "LANG")))
                            .phase(Phase.AUTHZ)
                            .priority(7)
                            .failurePolicy(FailurePolicy.OPEN)
                            .match(new Match(List.of("/api/*", "*.html"), Set.of("GET", "POST")))
                            .instances(4)
                            .limits(Limits.builder()
                                    .callbackTimeout(Duration.ofSeconds(2))
                                    .pauseTimeout(Duration.ofMinutes(3))
                                    .memoryBytes(64 << 20)
                                    .requestBodyBufferBytes(2 << 20)
                                    .responseBodyBufferBytes(3_000_000)
                                    .build())
                            .allowOnHeadersStopIteration(true)
                            .capabilities(Set.of("proxy_log", "proxy_on_request_headers"))
                            .build(),
                    PluginConfig.builder("second", "second.wat").build()))
            .upstreams(Map.of(
                    "auth",
                    new UpstreamConfig(URI.create("http://127.0.0.1:9000"), Duration.ofSeconds(5)),
                    "outbound|443||geo.svc",
                    new UpstreamConfig(URI.create("https://geo.example"))
                            .withTls(new TlsFiles(
                                    "ca.pem",
                                    "classpath:tls.pem",
                                    "/etc/tls/tls.key",
                                    List.of("TLSv1.3"),
                                    List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384")))))
            .allowDirectCallouts(true)
            .modules(new ModulesConfig(
                    Set.of("127.0.0.1:5000", "registry.local"),
                    Map.of(
                            "mine",
                            new PullSecretConfig("secrets/config.json", ""),
                            "text",
                            new PullSecretConfig("", "{\"auths\":{}}")),
                    new CacheConfig(false, "caches", 10 << 20, Duration.ofDays(7))))
            .baseDirectory(BASE)
            .build();

    @TempDir
    private Path directory;

    @Test
    void yamlSaysEveryKey() {
        assertThat(yaml(EVERY_KEY)).isEqualTo(EVERYTHING);
    }

    @Test
    void propertiesSayTheSameAsYaml() {
        assertThat(ProxyWasmConfigReader.properties("test", EVERY_PROPERTY::get, BASE))
                .isEqualTo(EVERYTHING);
        assertThat(ProxyWasmConfigReader.properties("test", EVERY_PROPERTY::get, EVERY_PROPERTY.keySet(), BASE))
                .isEqualTo(EVERYTHING);
    }

    @Test
    void parametersOfOnePluginSayTheSameAsYaml() {
        String prefix = "proxy-wasm.plugin.add-header.";
        Map<String, String> parameters = new HashMap<>(Map.of("name", "add-header"));
        EVERY_PROPERTY.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                parameters.put(name.substring(prefix.length()), value);
            }
        });
        assertThat(ProxyWasmConfigReader.plugin("test", parameters, BASE))
                .isEqualTo(
                        new ProxyWasmConfig(true, List.of(EVERYTHING.plugins().get(0)), BASE));
    }

    @Test
    void absentAndEmptyKeysMeanTheDefault() {
        ProxyWasmConfig config = yaml(
                """
                proxy-wasm:
                  enabled:
                  plugins:
                    - {name: a, module: a.wat, vm: , limits: {memory: }, match: null}
                """);
        assertThat(config)
                .isEqualTo(new ProxyWasmConfig(
                        true, List.of(PluginConfig.builder("a", "a.wat").build()), BASE));
    }

    @Test
    void readsWhatTheServerCallsItself() {
        ProxyWasmConfig config = yaml(
                """
                proxy-wasm:
                  node:
                    id: sidecar~1
                    cluster: shop
                    metadata: {NAME: shop-1, replicas: 3, canary: true, zones: [a, 2], labels: {app: shop}, none: }
                    listener-direction: outbound
                    cluster-name: orders
                    route-name: default
                """);
        assertThat(config.node())
                .isEqualTo(new NodeConfig(
                        "sidecar~1",
                        "shop",
                        Map.of(
                                "NAME",
                                "shop-1",
                                "replicas",
                                3.0,
                                "canary",
                                true,
                                "zones",
                                List.of("a", 2.0),
                                "labels",
                                Map.of("app", "shop")),
                        NodeConfig.Direction.OUTBOUND,
                        "orders",
                        "default"));
    }

    @Test
    void readsMetadataFromPropertiesAsTexts() {
        Map<String, String> properties = Map.of("proxy-wasm.node.metadata", "NAME=shop-1,ZONE=a");
        ProxyWasmConfig config = ProxyWasmConfigReader.properties("test", properties::get, properties.keySet(), BASE);
        assertThat(config.node().metadata()).isEqualTo(Map.of("NAME", "shop-1", "ZONE", "a"));
    }

    @Test
    void aTopKeyWithoutAnythingBelowMeansNoPlugins() {
        assertThat(yaml("proxy-wasm:")).isEqualTo(new ProxyWasmConfig(true, List.of(), BASE));
    }

    @Test
    void propertiesWithoutAnyNameMeanNoPlugins() {
        assertThat(ProxyWasmConfigReader.properties("test", name -> null, BASE))
                .isEqualTo(new ProxyWasmConfig(true, List.of(), BASE));
    }

    @Test
    void aFileMakesModulesRelativeToItsDirectory() throws IOException {
        Path file = Files.writeString(directory.resolve("proxy-wasm.yaml"), "\uFEFF" + EVERY_KEY);
        ProxyWasmConfig config = ProxyWasmConfigReader.yaml(file);
        assertThat(config.baseDirectory()).isEqualTo(directory);
        assertThat(config.plugins()).isEqualTo(EVERYTHING.plugins());
    }

    @Test
    void aMissingFileIsNamedWithThePlaceWhereItWasLookedFor() {
        Path file = Path.of("no-such", "proxy-wasm.yaml");
        assertThatThrownBy(() -> ProxyWasmConfigReader.yaml(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "configuration file %s (looked for at %s) does not exist; create it, or correct the path",
                        file, file.toAbsolutePath());
    }

    @Test
    void aDirectoryIsNoConfiguration() {
        assertThatThrownBy(() -> ProxyWasmConfigReader.yaml(directory))
                .hasMessage("configuration file %s is a directory; name the file in it", directory);
    }

    @Test
    void aStreamThatFailsIsNamed() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk on fire");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        };
        assertThatThrownBy(() -> ProxyWasmConfigReader.yaml("proxy-wasm.yaml", broken, BASE))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("proxy-wasm.yaml: cannot be read: disk on fire");
    }

    private static ProxyWasmConfig yaml(String text) {
        return ProxyWasmConfigReader.yaml("proxy-wasm.yaml", new ByteArrayInputStream(text.getBytes(UTF_8)), BASE);
    }

    @Test
    void readsWhatAnotherReaderHasRead() {
        Map<String, ?> limits = Map.of("memory", "64MiB", "header-count", 10, "callback-timeout", "PT2S");
        Map<String, ?> plugin = Map.of(
                "name",
                "a",
                "module",
                "a.wasm",
                "limits",
                limits,
                "configuration",
                Map.of("rules", List.of(1, 2.5, true, "x")));
        ProxyWasmConfig config =
                ProxyWasmConfigReader.tree("a test", "top", Map.of("plugins", List.of(plugin)), BASE, List.of());
        assertThat(config.plugins()).singleElement().satisfies(read -> {
            assertThat(read.configuration()).isEqualTo("{\"rules\":[1,2.5,true,\"x\"]}");
            assertThat(read.limits().memoryBytes()).isEqualTo(64L << 20);
            assertThat(read.limits().headerCount()).isEqualTo(10);
            assertThat(read.limits().callbackTimeout()).isEqualTo(Duration.ofSeconds(2));
        });
    }

    @Test
    void namesThePlaceInATree() {
        Map<String, ?> tree = Map.of("plugins", List.of(Map.of("name", "a", "module", "a.wasm", "priority", "high")));
        assertThatThrownBy(() -> ProxyWasmConfigReader.tree("a test", "top", tree, BASE, List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("a test: top.plugins[0].priority", "'high'", "a whole number");
    }
}

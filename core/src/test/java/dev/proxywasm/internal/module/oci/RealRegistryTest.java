package dev.proxywasm.internal.module.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.proxywasm.PluginLoadException;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.ProxyWasmConfigReader;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.internal.module.LoadedModule;
import dev.proxywasm.internal.module.ModuleLoader;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.Wat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Pushes to and pulls from the registry that Debian packages; skipped where it is not installed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealRegistryTest {

    private static final String WASM = "application/vnd.module.wasm.content.layer.v1+wasm";
    private static final byte[] MODULE = Wat.compile(
            """
            (module
              (memory (export "memory") 1)
              (func (export "proxy_abi_version_0_2_1"))
              (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024)))
            """);

    private Path directory = Path.of("");
    private @Nullable RegistryProcess process;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        directory = temporary;
        assumeTrue(RegistryProcess.isInstalled(), "the program docker-registry is not installed");
        process = RegistryProcess.start(directory.resolve("registry"), false);
    }

    @AfterAll
    void stop() {
        if (process != null) {
            process.close();
        }
    }

    private RegistryProcess registry() {
        return Objects.requireNonNull(process, "process");
    }

    private ProxyWasmConfig config(RegistryProcess from, String image, String more, String top) {
        String yaml =
                """
                proxy-wasm:
                  allow-insecure: ["%s"]
                  cache: {directory: cache-%s}
                %s
                  plugins:
                    - {name: p, module: "oci://%s/%s", instances: 1%s}
                """
                        .formatted(from.host(), image.replaceAll("[^a-z0-9]", "-"), top, from.host(), image, more);
        return ProxyWasmConfigReader.yaml("test", new ByteArrayInputStream(yaml.getBytes(UTF_8)), directory);
    }

    private LoadedModule pull(String image, String more) {
        return pull(config(registry(), image, more, ""));
    }

    private static LoadedModule pull(ProxyWasmConfig config) {
        ModuleLoader loader =
                new ModuleLoader(config.modules(), config.baseDirectory(), RealRegistryTest.class.getClassLoader());
        return loader.load(config.plugins().get(0));
    }

    @Test
    void pullsEveryVariantByTagAndDigest() throws Exception {
        Map<String, TestImage> images = new LinkedHashMap<>();
        images.put("docker", TestImage.docker(MODULE));
        images.put("compat", TestImage.compat(MODULE));
        images.put("artifact", TestImage.artifact(WASM, MODULE));
        images.put("wasm", TestImage.artifact("application/wasm", MODULE));
        images.put(
                "index",
                TestImage.index(Map.of("linux/amd64", images.get("docker"), "wasi/wasm", images.get("artifact"))));
        for (Map.Entry<String, TestImage> image : images.entrySet()) {
            registry().push("org/variants", image.getKey(), image.getValue());
            assertThat(pull("org/variants:" + image.getKey(), "").binary())
                    .as(image.getKey())
                    .isEqualTo(MODULE);
            String digest = image.getValue().digest();
            assertThat(pull("org/variants@" + digest, "").sha256()).isEqualTo(digest.substring(7));
        }
    }

    @Test
    void followsATagAndKeepsToADigest() throws Exception {
        TestImage first = TestImage.artifact(WASM, MODULE);
        byte[] newer = new byte[MODULE.length + 3 + 1000];
        System.arraycopy(MODULE, 0, newer, 0, MODULE.length);
        TestImage second = TestImage.artifact(WASM, newer);
        registry().push("moving", "latest", first);
        assertThat(pull("moving", "").sha256()).isEqualTo(first.digest().substring(7));
        registry().push("moving", "latest", second);
        assertThat(pull("moving", ", image-pull-policy: if-not-present").binary())
                .isEqualTo(MODULE);
        assertThat(pull("moving", "").binary()).isEqualTo(newer);
        assertThatThrownBy(() -> pull("moving", ", sha256: \"" + "0".repeat(64) + "\""))
                .isInstanceOf(PluginLoadException.class)
                .hasMessageStartingWith(
                        "plugin 'p': module oci://" + registry().host() + "/moving has a manifest with the sha256 "
                                + second.digest().substring(7));
    }

    @Test
    void pullsALargeModule() throws Exception {
        byte[] large = new byte[20 * 1024 * 1024];
        new Random(1).nextBytes(large);
        System.arraycopy(MODULE, 0, large, 0, MODULE.length);
        registry().push("large", "1", TestImage.docker(large));
        assertThat(pull("large:1", "").binary()).isEqualTo(large);
    }

    @Test
    void asksForThePasswordOfASecret() throws Exception {
        try (RegistryProcess guarded = RegistryProcess.start(directory.resolve("guarded"), true)) {
            guarded.push("private", "1", TestImage.artifact(WASM, MODULE));
            String top = "  pull-secrets: {mine: {docker-config: {auths: {\"%s\": {username: me, password: %s}}}}}";
            String secret = ", image-pull-secret: mine";
            assertThat(pull(config(guarded, "private:1", secret, top.formatted(guarded.host(), "secret")))
                            .binary())
                    .isEqualTo(MODULE);
            assertThatThrownBy(() -> pull(config(guarded, "private:2", secret, top.formatted(guarded.host(), "wrong"))))
                    .hasMessageContaining("answered with status 401 to the credentials of pull secret 'mine'")
                    .hasMessageNotContaining("wrong");
        }
    }

    @Test
    void aHostTakesANewImageWhileItRuns() throws Exception {
        registry().push("running", "latest", TestImage.artifact(WASM, MODULE));
        ProxyWasmConfig config =
                config(registry(), "running", "", "  reload: {image-interval: 100ms, interval: 100ms}");
        try (ProxyWasm host = ProxyWasm.start(config, getClass().getClassLoader())) {
            TestImage newer = TestImage.compat(MODULE);
            registry().push("running", "latest", newer);
            await().until(() -> host.plugins().get(0).sha256(), newer.digest().substring(7)::equals);
        }
    }

    /** The document is one that runs in a cluster, but for its url. */
    @Test
    void aWasmPluginOfAMeshRunsAsItIs() throws Exception {
        byte[] module = Wat.compile(Wat.text("reload/version").replace("VERSION", "version"));
        registry().push("filters/mesh", "1.0.0", TestImage.compat(module));
        Path document = Files.writeString(
                directory.resolve("wasm-plugin.yaml"),
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
                  url: oci://%s/filters/mesh:1.0.0
                  phase: UNSPECIFIED_PHASE
                  pluginConfig:
                    your_config_param: "F00"
                    other_config_param: "BAR"
                """
                        .formatted(registry().host()));
        Map<String, String> properties = Map.of(
                "proxy-wasm.istio.wasm-plugins", document.toString(),
                "proxy-wasm.allow-insecure", "127.0.0.1",
                "proxy-wasm.cache.enabled", "false");
        ProxyWasmConfig config = ProxyWasmConfigReader.properties("test", properties::get, directory);
        HeaderMap request = HeaderMap.of(":authority", "a", ":path", "/", ":method", "GET", ":scheme", "http");
        try (ProxyWasm host = ProxyWasm.start(config, getClass().getClassLoader());
                HttpStream stream = host.newStream(TestExchange.FACTS, request)) {
            assertThat(stream.requestHeaders(true)).isInstanceOfSatisfying(Outcome.Reply.class, reply -> assertThat(
                            UTF_8.decode(reply.response().body()).toString())
                    .isEqualTo("version{\"your_config_param\":\"F00\",\"other_config_param\":\"BAR\"}"));
        }
    }

    /** The one engine whose compiled code is kept. */
    @Test
    void aHostStartsFromTheCacheWhenTheRegistryIsGone() throws Exception {
        ProxyWasmConfig config;
        try (RegistryProcess shortLived = RegistryProcess.start(directory.resolve("short-lived"), false)) {
            shortLived.push("org/filter", "1", TestImage.compat(MODULE));
            config = config(shortLived, "org/filter:1", ", engine: wasmtime", "");
            ProxyWasm.start(config, getClass().getClassLoader()).close();
        }
        ProxyWasm.start(config, getClass().getClassLoader()).close();
        assertThat(directory.resolve("cache-org-filter-1/compiled")).isNotEmptyDirectory();
    }
}

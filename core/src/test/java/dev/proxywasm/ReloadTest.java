package dev.proxywasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.internal.module.http.ScriptedServer;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.Wat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host whose configuration and modules change while it runs. */
class ReloadTest {

    private static final String BY_HAND = "reload: {watch: false}";
    private static final String AT_ONCE = "reload: {interval: 100ms}";

    @TempDir
    private Path directory;

    private ProxyWasm host;

    @BeforeEach
    void write() throws IOException {
        module("v1.wasm", "version");
        configure(BY_HAND, plugin("a", "v1.wasm", "one"));
    }

    @AfterEach
    void close() {
        if (host != null) {
            host.close();
        }
    }

    /** The guest that answers with its version, of seven letters, and its configuration. */
    private void module(String file, String version) throws IOException {
        replace(file, Wat.compile(Wat.text("reload/version").replace("VERSION", version)));
    }

    /** As whoever replaces a file in use does: by moving another one into its place. */
    private void replace(String file, byte[] content) throws IOException {
        Path written = Files.write(directory.resolve(file + ".new"), content);
        Files.move(written, directory.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    private void configure(String more, String... plugins) throws IOException {
        String text = "proxy-wasm:\n  " + more + "\n  plugins:\n" + String.join("", plugins);
        replace("proxy-wasm.yaml", text.getBytes(UTF_8));
    }

    private static String plugin(String name, String module, String configuration) {
        return "    - {name: " + name + ", module: " + module + ", configuration: " + configuration
                + ", instances: 1, match: {paths: [/" + name + "/*]}}\n";
    }

    private void start() {
        Path file = directory.resolve("proxy-wasm.yaml");
        host = ProxyWasm.builder()
                .config(() -> ProxyWasmConfigReader.yaml(file))
                .start();
    }

    private HttpStream open(String path) {
        return host.newStream(
                TestExchange.FACTS,
                HeaderMap.of(":authority", "a", ":path", path, ":method", "GET", ":scheme", "http"));
    }

    /** The body of the local response to a request; "passed" if there was none. */
    private String ask(String path) {
        try (HttpStream stream = open(path)) {
            return bodyOf(stream.requestHeaders(true));
        }
    }

    private static String bodyOf(Outcome outcome) {
        return outcome instanceof Outcome.Reply reply
                ? UTF_8.decode(reply.response().body()).toString()
                : "passed";
    }

    @Test
    void findsNothingToDoIfNothingHasChanged() {
        start();
        assertThat(host.reload()).isEmpty();
        assertThat(host.lastReload()).isEmpty();
        assertThat(host.plugins().get(0).count(PluginCounter.STARTS)).isEqualTo(1);
    }

    @Test
    void usesAnotherConfiguration() throws Exception {
        start();
        assertThat(ask("/a/x")).isEqualTo("versionone");
        configure(BY_HAND, plugin("a", "v1.wasm", "two"));
        assertThat(host.reload()).containsExactly("a");
        assertThat(ask("/a/x")).isEqualTo("versiontwo");
        assertThat(host.lastReload())
                .hasValueSatisfying(last -> assertThat(last.changed()).containsExactly("a"));
    }

    @Test
    void movesAPluginToAnotherEngine() throws Exception {
        start();
        for (String engine : List.of("wasmtime", "jvm")) {
            configure(
                    BY_HAND, plugin("a", "v1.wasm", "one").replace("instances: 1", "instances: 1, engine: " + engine));
            assertThat(host.reload()).containsExactly("a");
            assertThat(ask("/a/x")).isEqualTo("versionone");
        }
    }

    @Test
    void usesAnotherModuleOfTheSameName() throws Exception {
        start();
        module("v1.wasm", "another");
        assertThat(host.reload()).containsExactly("a");
        assertThat(ask("/a/x")).isEqualTo("anotherone");
    }

    @Test
    void tellsWhenWhatCouldNotBeUsedIsPutRight() throws Exception {
        start();
        configure(BY_HAND, plugin("a", "missing.wasm", "one"));
        assertThatThrownBy(host::reload).isInstanceOf(PluginLoadException.class);
        configure(BY_HAND, plugin("a", "v1.wasm", "one"));
        assertThat(host.reload()).isEmpty();
        assertThat(host.lastReload())
                .hasValueSatisfying(last -> assertThat(last.succeeded()).isTrue());
    }

    @Test
    void aSourceThatFailsInItsOwnWayIsAChangeThatCannotBeUsed() {
        AtomicBoolean broken = new AtomicBoolean();
        Path file = directory.resolve("proxy-wasm.yaml");
        host = ProxyWasm.builder()
                .config(() -> {
                    if (broken.get()) {
                        throw new UnsupportedOperationException("no network");
                    }
                    return ProxyWasmConfigReader.yaml(file);
                })
                .start();
        broken.set(true);
        assertThatThrownBy(host::reload).isInstanceOf(UnsupportedOperationException.class);
        assertThat(host.lastReload())
                .hasValueSatisfying(last -> assertThat(last.problem()).contains("no network"));
        assertThat(ask("/a/x")).isEqualTo("versionone");
    }

    @Test
    void addsAndRemovesPlugins() throws Exception {
        start();
        configure(BY_HAND, plugin("b", "v1.wasm", "one"));
        assertThat(host.reload()).containsExactly("a", "b");
        assertThat(ask("/a/x")).isEqualTo("passed");
        assertThat(ask("/b/x")).isEqualTo("versionone");
    }

    @Test
    void leavesPluginsThatHaveNotChangedAlone() throws Exception {
        configure(BY_HAND, plugin("a", "v1.wasm", "one"), plugin("b", "v1.wasm", "one"));
        start();
        configure(BY_HAND, plugin("a", "v1.wasm", "one"), plugin("b", "v1.wasm", "two"));
        assertThat(host.reload()).containsExactly("b");
        assertThat(host.plugins())
                .extracting(status -> status.count(PluginCounter.STARTS))
                .containsExactly(1L, 2L);
    }

    @Test
    void startsPluginsAnewWhoseUpstreamsChanged() throws Exception {
        start();
        configure(BY_HAND + "\n  upstreams: {auth: {uri: 'http://127.0.0.1:9'}}", plugin("a", "v1.wasm", "one"));
        assertThat(host.reload()).containsExactly("a");
    }

    @Test
    void aRequestUnderWayEndsWithThePluginThatItBeganWith() throws Exception {
        start();
        try (HttpStream early = open("/a/x")) {
            configure(BY_HAND, plugin("a", "v1.wasm", "two"));
            host.reload();
            assertThat(ask("/a/x")).isEqualTo("versiontwo");
            assertThat(bodyOf(early.requestHeaders(true))).isEqualTo("versionone");
        }
    }

    /** A request that pauses, and would for longer than the old plugin is kept. Repeated, for the time is over as soon as it begins. */
    @RepeatedTest(20)
    void whatDoesNotEndInTimeMeetsItsFailurePolicy() throws Exception {
        String atOnce = "reload: {watch: false, drain-timeout: 0s}";
        String pausing = "classpath:wat/stream/recorder.wat";
        configure(atOnce, plugin("a", "'" + pausing + "'", "qa1;"));
        start();
        try (HttpStream early = open("/a/x")) {
            Outcome paused = early.requestHeaders(true);
            assertThat(paused).isInstanceOf(Outcome.Wait.class);
            configure(atOnce, plugin("a", "v1.wasm", "two"));
            host.reload();
            assertThat(((Outcome.Wait) paused).await()).isInstanceOfSatisfying(Outcome.Reply.class, reply -> assertThat(
                            reply.response().headers().get(":status"))
                    .isEqualTo("503"));
            assertThat(ask("/a/x")).isEqualTo("versiontwo");
        }
    }

    @Test
    void aBadConfigurationLeavesEverythingAsItWas() throws Exception {
        start();
        replace("proxy-wasm.yaml", "proxy-wasm: {plugin: []}".getBytes(UTF_8));
        assertThatThrownBy(() -> host.reload())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("did you mean 'plugins'?");
        assertThat(ask("/a/x")).isEqualTo("versionone");
        assertThat(host.lastReload())
                .hasValueSatisfying(last -> assertThat(last.problem()).contains("did you mean 'plugins'?"));
    }

    @Test
    void aBadModuleLeavesEverythingAsItWasEvenIfItsPolicyIsOpen() throws Exception {
        String open = plugin("a", "v1.wasm", "one").replace("instances", "failure-policy: open, instances");
        configure(BY_HAND, open, plugin("b", "v1.wasm", "one"));
        start();
        replace("v1.wasm", "no module".getBytes(UTF_8));
        configure(BY_HAND, open, plugin("b", "v1.wasm", "two"));
        assertThatThrownBy(() -> host.reload()).isInstanceOf(PluginLoadException.class);
        assertThat(ask("/a/x")).isEqualTo("versionone");
        assertThat(ask("/b/x")).isEqualTo("versionone");
    }

    @Test
    void countsOnWhereTheReplacedPluginStopped() throws Exception {
        start();
        ask("/a/x");
        configure(BY_HAND, plugin("a", "v1.wasm", "two"));
        host.reload();
        ask("/a/x");
        assertThat(host.plugins().get(0).count(PluginCounter.REQUESTS)).isEqualTo(2);
    }

    @Test
    void metersFollowThePlugins() throws Exception {
        start();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new MicrometerHostMetrics(host).bindTo(registry);
        configure(BY_HAND, plugin("b", "v1.wasm", "one"));
        host.reload();
        assertThat(registry.get("proxywasm.plugin.instances")
                        .tag("plugin", "b")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(registry.get("proxywasm.plugin.instances")
                        .tag("plugin", "a")
                        .gauge()
                        .value())
                .isNaN();
    }

    @Test
    void aPluginThatIsLeftOutIsNoChangeUntilItCanBeLoaded() throws Exception {
        configure(BY_HAND, plugin("a", "late.wasm", "one").replace("instances", "failure-policy: open, instances"));
        start();
        assertThat(host.reload()).isEmpty();
        module("late.wasm", "another");
        assertThat(host.reload()).containsExactly("a");
        assertThat(ask("/a/x")).isEqualTo("anotherone");
    }

    @Test
    void aPluginThatIsLeftOutComesInWhenItsServerHasIt() throws Exception {
        try (ScriptedServer server = new ScriptedServer()) {
            configure(
                    "reload: {interval: 100ms, image-interval: 100ms}\n  allow-insecure: [127.0.0.1]\n"
                            + "  cache: {enabled: false}",
                    plugin("a", server.uri("/late.wasm").toString(), "one")
                            .replace("instances", "failure-policy: open, instances"));
            start();
            assertThat(ask("/a/x")).isEqualTo("passed");
            byte[] module = Wat.compile(Wat.text("reload/version").replace("VERSION", "another"));
            server.on("/late.wasm", ScriptedServer.answer(200, module));
            await().untilAsserted(() -> assertThat(ask("/a/x")).isEqualTo("anotherone"));
        }
    }

    @Test
    void aListenerThatFailsHarmsNeitherReloadNorOthers() throws Exception {
        start();
        List<ReloadOutcome> heard = new ArrayList<>();
        host.onReload(outcome -> {
            throw new IllegalStateException("on purpose");
        });
        host.onReload(heard::add);
        configure(BY_HAND, plugin("a", "v1.wasm", "two"));
        assertThat(host.reload()).containsExactly("a");
        assertThat(heard).hasSize(1);
    }

    @Test
    void aClosedHostIsNotReloaded() {
        start();
        host.close();
        assertThatIllegalStateException().isThrownBy(() -> host.reload()).withMessageContaining("closed");
    }

    @Test
    void isReloadedByManagementTools() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Set<ObjectName> others = server.queryNames(new ObjectName("dev.proxywasm:type=ProxyWasm,*"), null);
        start();
        Set<ObjectName> names = server.queryNames(new ObjectName("dev.proxywasm:type=ProxyWasm,*"), null);
        names.removeAll(others);
        ObjectName bean = names.iterator().next();
        configure(BY_HAND, plugin("a", "v1.wasm", "two"));
        assertThat(server.invoke(bean, "reload", null, null)).isEqualTo(new String[] {"a"});
        assertThat(server.getAttribute(bean, "LastReload")).asString().endsWith("changed [a]");
        assertThat((String[]) server.getAttribute(bean, "Plugins"))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("a: RUNNING, 1 of 1 instances, "));
        replace("proxy-wasm.yaml", "proxy-wasm: [".getBytes(UTF_8));
        assertThatThrownBy(() -> server.invoke(bean, "reload", null, null)).hasStackTraceContaining("not YAML");
        host.close();
        assertThat(server.isRegistered(bean)).isFalse();
    }

    @Test
    void watchesTheConfiguration() throws Exception {
        configure(AT_ONCE, plugin("a", "v1.wasm", "one"));
        start();
        configure(AT_ONCE, plugin("a", "v1.wasm", "two"));
        await().untilAsserted(() -> assertThat(ask("/a/x")).isEqualTo("versiontwo"));
    }

    @Test
    void watchesModules() throws Exception {
        configure(AT_ONCE, plugin("a", "v1.wasm", "one"));
        start();
        module("v1.wasm", "another");
        await().untilAsserted(() -> assertThat(ask("/a/x")).isEqualTo("anotherone"));
    }

    @Test
    void watchesDirectoriesOfWasmPluginDocuments() throws Exception {
        Path documents = Files.createDirectory(directory.resolve("documents"));
        configure(AT_ONCE + "\n  istio: {wasm-plugins: [documents]}", plugin("a", "v1.wasm", "one"));
        start();
        assertThat(ask("/other")).isEqualTo("passed");
        Files.writeString(
                documents.resolve("late.yaml"),
                """
                apiVersion: extensions.istio.io/v1alpha1
                kind: WasmPlugin
                metadata: {name: late}
                spec: {url: "file:../v1.wasm"}
                """);
        await().untilAsserted(() -> assertThat(ask("/other")).isEqualTo("version"));
    }

    @Test
    void aBadChangeIsMendedByTheNextOne() throws Exception {
        configure(AT_ONCE, plugin("a", "v1.wasm", "one"));
        start();
        replace("proxy-wasm.yaml", "proxy-wasm: [".getBytes(UTF_8));
        await().untilAsserted(() -> assertThat(host.lastReload()).isPresent());
        assertThat(ask("/a/x")).isEqualTo("versionone");
        configure(AT_ONCE, plugin("a", "v1.wasm", "two"));
        await().untilAsserted(() -> assertThat(ask("/a/x")).isEqualTo("versiontwo"));
    }

    @Test
    void noRequestFailsWhileItReloads() throws Exception {
        start();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                running.add(clients.submit(() -> {
                    while (!over.get()) {
                        assertThat(ask("/a/x")).startsWith("version").hasSizeGreaterThan(7);
                        answered.incrementAndGet();
                    }
                }));
            }
            for (int i = 0; i < 50; i++) {
                configure(BY_HAND, plugin("a", "v1.wasm", "c" + i));
                assertThat(host.reload()).containsExactly("a");
            }
            over.set(true);
            for (Future<?> client : running) {
                client.get();
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(answered).hasPositiveValue();
        assertThat(ask("/a/x")).isEqualTo("versionc49");
    }
}

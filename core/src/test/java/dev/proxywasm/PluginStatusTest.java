package dev.proxywasm;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.abi.AbiVersion;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.testing.TestExchange;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a host tells how its plugins are doing, and shows it in a meter registry. */
class PluginStatusTest {

    private static final String RECORDER = "classpath:wat/stream/recorder.wat";

    private static ProxyWasm start(PluginConfig... plugins) {
        return ProxyWasm.start(
                new ProxyWasmConfig(true, List.of(plugins), Path.of(".")), PluginStatusTest.class.getClassLoader());
    }

    private static PluginConfig.Builder recorder(String name, String script) {
        return PluginConfig.builder(name, RECORDER).configuration(script).instances(3);
    }

    private static void get(ProxyWasm host) {
        HeaderMap headers = HeaderMap.of(":method", "GET", ":path", "/", ":authority", "a", ":scheme", "http");
        try (HttpStream stream = host.newStream(TestExchange.FACTS, headers)) {
            stream.requestHeaders(true);
        }
    }

    @Test
    void tellsOfEachPluginInTheOrderOfTheChain() {
        try (ProxyWasm host = start(
                recorder("late", "").build(),
                recorder("early", "").phase(Phase.AUTHN).build())) {
            get(host);
            List<PluginStatus> plugins = host.plugins();
            assertThat(plugins).extracting(PluginStatus::name).containsExactly("early", "late");
            PluginStatus early = plugins.get(0);
            assertThat(early.phase()).isEqualTo(Phase.AUTHN);
            assertThat(early.module()).isEqualTo(RECORDER);
            assertThat(early.sha256()).hasSize(64);
            assertThat(early.abiVersion()).contains(AbiVersion.V0_2_1);
            assertThat(early.state()).isEqualTo(PluginState.RUNNING);
            assertThat(early.reason()).isEmpty();
            assertThat(early.instances()).isEqualTo(1);
            assertThat(early.maxInstances()).isEqualTo(3);
            assertThat(early.memoryBytes()).isPositive();
            assertThat(early.count(PluginCounter.REQUESTS)).isEqualTo(1);
            assertThat(early.counters()).containsOnlyKeys(PluginCounter.values());
        }
    }

    @Test
    void tellsWhyAPluginWasLeftOut() {
        PluginConfig missing = PluginConfig.builder("optional", "missing.wasm")
                .failurePolicy(FailurePolicy.OPEN)
                .build();
        try (ProxyWasm host = start(missing)) {
            get(host);
            PluginStatus status = host.plugins().get(0);
            assertThat(status.state()).isEqualTo(PluginState.LEFT_OUT);
            assertThat(status.reason()).contains("plugin 'optional'", "missing.wasm");
            assertThat(status.module()).isEqualTo("missing.wasm");
            assertThat(status.sha256()).isEmpty();
            assertThat(status.abiVersion()).isEmpty();
            assertThat(status.count(PluginCounter.REQUESTS)).isZero();
        }
    }

    @Test
    void showsNoPasswordOfAnAddress() {
        PluginConfig refused = PluginConfig.builder("optional", "http://me:secret@127.0.0.1/x.wasm?sig=secret")
                .failurePolicy(FailurePolicy.OPEN)
                .build();
        try (ProxyWasm host = start(refused)) {
            assertThat(host.plugins().get(0).toString())
                    .contains("http://***@127.0.0.1/x.wasm?***")
                    .doesNotContain("secret");
        }
    }

    @Test
    void tellsWhyAPluginDidNotStart() {
        try (ProxyWasm host =
                start(recorder("a", "va0;").failurePolicy(FailurePolicy.OPEN).build())) {
            PluginStatus status = host.plugins().get(0);
            assertThat(status.state()).isEqualTo(PluginState.IDLE);
            assertThat(status.reason()).contains("proxy_on_vm_start refused");
            assertThat(status.count(PluginCounter.START_FAILURES)).isEqualTo(1);
        }
    }

    @Test
    void tellsOfAHostThatIsClosed() {
        ProxyWasm host = start(recorder("a", "").build());
        get(host);
        host.close();
        PluginStatus status = host.plugins().get(0);
        assertThat(status.state()).isEqualTo(PluginState.CLOSED);
        assertThat(status.memoryBytes()).isZero();
        assertThat(status.count(PluginCounter.REQUESTS)).isEqualTo(1);
    }

    @Test
    void showsEachPluginInAMeterRegistry() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ProxyWasm host =
                start(recorder("a", "qr403,no;").build(), recorder("b", "").build());
        new MicrometerHostMetrics(host).bindTo(meters);
        for (int i = 0; i < 20; i++) {
            get(host);
        }
        assertThat(meters.get("proxywasm.plugin.requests")
                        .tag("plugin", "a")
                        .functionCounter()
                        .count())
                .isEqualTo(20);
        assertThat(meters.get("proxywasm.plugin.local.responses")
                        .tag("plugin", "a")
                        .functionCounter()
                        .count())
                .isEqualTo(20);
        assertThat(meters.get("proxywasm.plugin.requests")
                        .tag("plugin", "b")
                        .functionCounter()
                        .count())
                .isZero();
        assertThat(meters.get("proxywasm.plugin.up").tag("plugin", "a").gauge().value())
                .isEqualTo(1);
        assertThat(meters.get("proxywasm.plugin.memory")
                        .tag("plugin", "a")
                        .gauge()
                        .value())
                .isPositive();
        assertThat(meters.get("proxywasm.plugin.callback.time")
                        .tag("plugin", "a")
                        .functionTimer()
                        .totalTime(NANOSECONDS))
                .isPositive();
        host.close();
        assertThat(meters.get("proxywasm.plugin.up").tag("plugin", "a").gauge().value())
                .isZero();
    }
}

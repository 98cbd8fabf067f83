package dev.proxywasm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.proxywasm.abi.MetricType;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.internal.service.InMemorySharedData;
import dev.proxywasm.internal.service.InMemorySharedQueues;
import dev.proxywasm.spi.ForeignCall;
import dev.proxywasm.spi.ForeignCallback;
import dev.proxywasm.spi.SharedData;
import dev.proxywasm.testing.TestExchange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Guests on the real engine that share data, queues and metrics, driven and watched through foreign functions. */
class SharedServicesTest {

    private static final byte[] NOTHING = {};

    private final Map<String, ForeignCallback> guests = new ConcurrentHashMap<>();
    private final List<String> got = new CopyOnWriteArrayList<>();
    private final AtomicInteger finished = new AtomicInteger();
    private final List<HttpStream> streams = new ArrayList<>();

    private ProxyWasm host;

    @AfterEach
    void close() {
        streams.forEach(HttpStream::close);
        if (host != null) {
            host.close();
        }
    }

    private void start(ProxyWasmBuilder builder, PluginConfig... plugins) {
        host = builder.config(new ProxyWasmConfig(true, List.of(plugins), Path.of(".")))
                .foreignFunction("ready", call -> {
                    guests.put(call.pluginName(), call.callback());
                    return NOTHING;
                })
                .foreignFunction("got", this::note)
                .foreignFunction("finished", call -> {
                    finished.incrementAndGet();
                    return NOTHING;
                })
                .start();
    }

    private byte[] note(ForeignCall call) {
        got.add(new String(call.arguments(), US_ASCII));
        return NOTHING;
    }

    private void tell(String plugin, int function, String arguments) {
        guests.get(plugin).invoke(function, arguments.getBytes(US_ASCII));
    }

    private static PluginConfig plugin(String name, String vmId, String guest) {
        return PluginConfig.builder(name, "classpath:wat/services/" + guest + ".wat")
                .vm(new VmConfig(vmId, "", Map.of(), List.of()))
                .instances(1)
                .limits(Limits.builder().callbackTimeout(Duration.ofSeconds(30)).build())
                .build();
    }

    @Test
    void losesNoIncrementOfTwoPluginsAtOnce() {
        int times = 3000;
        SharedData data = new InMemorySharedData(ServiceLimits.DEFAULT, InstantSource.system());
        data.store("vm", "n", new byte[4], 0);
        start(
                ProxyWasm.builder().sharedData(data),
                plugin("one", "vm", "increments"),
                plugin("two", "vm", "increments"));
        tell("one", 0, "x".repeat(times));
        tell("two", 0, "x".repeat(times));
        await().atMost(Duration.ofSeconds(30)).until(() -> finished.get() == 2);
        int total = ByteBuffer.wrap(data.find("vm", "n").orElseThrow().bytes())
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        assertThat(total).isEqualTo(2 * times);
    }

    @Test
    void tellsOnePluginOfWhatAnotherQueues() {
        start(ProxyWasm.builder(), plugin("consumer", "vm", "consumer"), plugin("producer", "vm", "producer"));
        tell("producer", 1, "green");
        tell("producer", 1, "black");
        tell("producer", 1, "white");

        await().untilAsserted(() -> assertThat(got).containsExactly("green", "black", "white"));
    }

    @Test
    void keepsMessagesWhoseReaderHasEnded() {
        InMemorySharedQueues queues = new InMemorySharedQueues(ServiceLimits.DEFAULT);
        start(
                ProxyWasm.builder().sharedQueues(queues),
                plugin("consumer", "vm", "consumer"),
                plugin("producer", "vm", "producer"));
        tell("producer", 1, "trap");
        await().untilAsserted(() -> assertThat(got).containsExactly("trap"));
        tell("producer", 1, "tea");
        tell("producer", 1, "milk");
        tell("producer", 2, "");
        await().untilAsserted(() -> assertThat(got).containsExactly("trap", "tea"));
        host.close();
        assertThat(queues.take(1)).contains("milk".getBytes(US_ASCII));
    }

    @Test
    void tellsANewVmOfTheMessagesThatWait() {
        start(ProxyWasm.builder(), plugin("consumer", "vm", "consumer"), plugin("producer", "vm", "producer"));
        tell("producer", 1, "trap");
        tell("producer", 1, "green");
        await().until(() -> host.plugins().get(0).counters().get(PluginCounter.TRAPS) == 1);
        tell("producer", 1, "black");
        assertThat(got).containsExactly("trap");

        openStreams(1);

        await().untilAsserted(() -> assertThat(got).containsExactly("trap", "green", "black"));
    }

    @Test
    void tellsAnotherVmOfThePluginWhenTheOneThatListenedTraps() {
        PluginConfig two =
                plugin("consumer", "vm", "consumer").toBuilder().instances(2).build();
        start(ProxyWasm.builder(), two, plugin("producer", "vm", "producer"));
        openStreams(2);
        await().until(() -> host.plugins().get(0).instances() == 2);

        tell("producer", 1, "trap");
        tell("producer", 1, "green");
        await().untilAsserted(() -> assertThat(got).containsExactly("trap", "green"));
        tell("producer", 1, "black");

        await().untilAsserted(() -> assertThat(got).containsExactly("trap", "green", "black"));
    }

    /** Exchanges at the same time, which keep the plugins' VMs busy until they are closed with the host. */
    private void openStreams(int count) {
        for (int i = 0; i < count; i++) {
            HeaderMap headers = HeaderMap.of(":method", "GET", ":path", "/", ":authority", "a", ":scheme", "http");
            HttpStream stream = host.newStream(TestExchange.FACTS, headers);
            streams.add(stream);
            assertThat(stream.requestHeaders(true)).isEqualTo(Outcome.FORWARD);
        }
    }

    @Test
    void countsIn64Bits() {
        start(ProxyWasm.builder(), plugin("measures", "", "measures"));
        assertThat(host.metrics()).singleElement().satisfies(metric -> {
            assertThat(metric.type()).isEqualTo(MetricType.COUNTER);
            assertThat(metric.name()).isEqualTo("hits");
            assertThat(metric.value()).isEqualTo(0x12345678AL);
        });
        assertThat(got.get(0)).startsWith("\uFFFDgE#\1\0\0\0");
    }

    @Test
    void addsUpTheMetricsOfSeveralPlugins() {
        start(ProxyWasm.builder(), plugin("one", "a", "measures"), plugin("two", "b", "measures"));
        assertThat(host.metrics()).singleElement().satisfies(metric -> assertThat(metric.value())
                .isEqualTo(2 * 0x12345678AL));
    }

    @Test
    void tellsAGuestThatAskedForTimeOfItsQueue() {
        start(ProxyWasm.builder(), plugin("defers", "", "defers"));

        host.close();

        assertThat(got).containsExactly("deleted");
    }

    @Test
    void callsNoGuestOfAHostThatIsClosed() {
        start(ProxyWasm.builder(), plugin("producer", "", "producer"));
        host.close();

        assertThatCode(() -> tell("producer", 1, "green")).doesNotThrowAnyException();
    }

    @Test
    void wantsAConfiguration() {
        assertThatThrownBy(() -> ProxyWasm.builder().start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("config(...)");
    }
}

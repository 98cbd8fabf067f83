package dev.proxywasm.internal.fastpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.management.ThreadMXBean;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.spi.Metric;
import dev.proxywasm.testing.Wat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request costs that can be counted: entries into the guest, crossings to Java, bytes that Java allocates. */
class RequestCostTest {

    /** Where {@code samples/filters/build.sh} puts what it builds. */
    private static final Path SAMPLES = Path.of("..", "samples", "filters", "target");

    /** The bound that docs/ARCHITECTURE.md tells, for one plugin; the pushed header maps are not counted. */
    private static final int BYTES_PER_REQUEST = 1200;

    private static final int WARM_UP = 3000;
    private static final int MEASURED = 1000;

    @Test
    void entersTheGuestThreeTimesAndNeverCrosses() {
        crossesForNoneOfItsHostcalls(Wat.module("fastpath/header-filter"));
    }

    @Test
    void crossesForNothingThatAFilterDoesToObserve() {
        ObservedEngine engine = new ObservedEngine(true);
        try (OnePlugin plugin = plugin(engine, Wat.module("fastpath/observing-filter"))) {
            exchange(plugin);
            engine.forget();
            exchange(plugin);
            assertThat(engine.entries()).isEqualTo(2);
            assertThat(engine.crossings()).isEmpty();
            assertThat(plugin.metrics())
                    .extracting(Metric::name, Metric::value)
                    .containsExactly(tuple("requests", 2L), tuple("open", 0L));
        }
    }

    @Test
    void crossesForNoneOfTheMapsThatAFilterPutsBack() {
        ObservedEngine engine = new ObservedEngine(true);
        try (OnePlugin plugin = plugin(engine, Wat.module("fastpath/rewriting-filter"))) {
            exchange(plugin);
            engine.forget();
            exchange(plugin);
            assertThat(engine.crossings()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"go", "rust", "assemblyscript"})
    void crossesForNoneOfTheHostcallsOfFiltersMadeWithSdks(String language) throws IOException {
        Path module = SAMPLES.resolve(language + ".wasm");
        Assumptions.assumeTrue(Files.exists(module), "samples/filters/build.sh has not built " + module);
        crossesForNoneOfItsHostcalls(Files.readAllBytes(module));
    }

    private static void crossesForNoneOfItsHostcalls(byte[] module) {
        ObservedEngine engine = new ObservedEngine(true);
        try (OnePlugin plugin = plugin(engine, module)) {
            exchange(plugin);
            engine.forget();
            exchange(plugin);
            assertThat(engine.entries()).isEqualTo(3);
            assertThat(engine.crossings()).isEmpty();
        }
    }

    @Test
    void allocatesNothingForAHostcallThatTheSandboxAnswers() {
        ObservedEngine engine = new ObservedEngine(true);
        engine.stopRecording();
        try (OnePlugin few = plugin(engine, reading(1));
                OnePlugin many = plugin(engine, reading(1001))) {
            long more = bytesPerExchange(many) - bytesPerExchange(few);
            assertThat(more)
                    .as(
                            "bytes of 1000 hostcalls; the smallest object would make 16,000, the compiler's moods make a few")
                    .isLessThan(1000);
        }
    }

    @Test
    void allocatesNoMoreForARequestThanIsDocumented() {
        ObservedEngine engine = new ObservedEngine(true);
        engine.stopRecording();
        try (OnePlugin plugin = plugin(engine, Wat.module("fastpath/header-filter"))) {
            assertThat(bytesPerExchange(plugin) - bytesOfHeaders()).isLessThan(BYTES_PER_REQUEST);
        }
    }

    private static OnePlugin plugin(ObservedEngine engine, byte[] module) {
        PluginConfig config = PluginConfig.builder("cost", "cost")
                .configuration("{}")
                .instances(1)
                .build();
        return new OnePlugin(engine, config, module, InstantSource.system());
    }

    /** A filter that reads a header that many times. */
    private static byte[] reading(int times) {
        return Wat.compile(Wat.text("fastpath/header-filter")
                .replace("(i32.const 1) (; readings ;)", "(i32.const " + times + ")"));
    }

    private static long bytesPerExchange(OnePlugin plugin) {
        for (int i = 0; i < WARM_UP; i++) {
            exchange(plugin);
        }
        long before = allocated();
        for (int i = 0; i < MEASURED; i++) {
            exchange(plugin);
        }
        return (allocated() - before) / MEASURED;
    }

    private static long bytesOfHeaders() {
        long before = allocated();
        for (int i = 0; i < MEASURED; i++) {
            requestHeaders();
            responseHeaders();
        }
        return (allocated() - before) / MEASURED;
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static void exchange(OnePlugin plugin) {
        HttpStream stream = plugin.open(requestHeaders());
        stream.requestHeaders(true);
        stream.request().takeHeaders();
        stream.responseHeaders(responseHeaders(), false);
        stream.response().takeHeaders();
        stream.close();
    }

    private static HeaderMap requestHeaders() {
        return HeaderMap.of(
                ":method",
                "GET",
                ":path",
                "/index.html",
                ":authority",
                "example.com",
                ":scheme",
                "http",
                "user-agent",
                "test",
                "accept",
                "*/*",
                "x-read",
                "some value");
    }

    private static HeaderMap responseHeaders() {
        return HeaderMap.of(":status", "200", "content-type", "text/html", "content-length", "120");
    }
}

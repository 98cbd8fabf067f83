package dev.proxywasm.internal.fastpath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.testing.Wat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The rule for time in {@code time.wat}: the first question of an entry is answered with the time of entry, all others cross. */
class ClockTest {

    private static final String ASKING =
            """
            (module
              (import "env" "proxy_get_current_time_nanoseconds" (func $time (param i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "proxy_abi_version_0_2_1"))
              (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 4096))
              (func (export "proxy_on_context_create") (param i32 i32))
              (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
                (drop (call $time (i32.const 0)))
                (drop (call $time (i32.const 8)))
                (drop (call $time (i32.const 16)))
                (i32.const 0)))
            """;

    private final ObservedEngine engine = new ObservedEngine(true);
    private final AtomicLong clock = new AtomicLong();

    @Test
    void neverStandsStillBetweenTwoQuestions() {
        PluginConfig config =
                PluginConfig.builder("clock", "clock").instances(1).build();
        try (OnePlugin plugin = new OnePlugin(
                engine, config, Wat.compile(ASKING), () -> Instant.ofEpochSecond(0, clock.incrementAndGet()))) {
            request(plugin);
            assertThat(engine.crossings())
                    .as("the first request teaches what is asked")
                    .hasSize(3);
            for (int i = 0; i < 3; i++) {
                long entered = clock.get();
                engine.forget();
                request(plugin);
                assertThat(engine.crossings()).hasSize(2);
                assertThat(time(0)).isGreaterThan(entered);
                assertThat(time(8)).isGreaterThan(time(0));
                assertThat(time(16)).isGreaterThan(time(8));
            }
        }
    }

    /** The monotonic clock is the machine's own, so only its order can be known. */
    @Test
    void answersTheFirstQuestionOnTheMonotonicClockToo() {
        String asking = ASKING.replace(
                        "\"env\" \"proxy_get_current_time_nanoseconds\" (func $time (param i32)",
                        "\"wasi_snapshot_preview1\" \"clock_time_get\" (func $time (param i32 i64 i32)")
                .replace("(call $time ", "(call $time (i32.const 1) (i64.const 0) ");
        PluginConfig config =
                PluginConfig.builder("clock", "clock").instances(1).build();
        try (OnePlugin plugin = new OnePlugin(engine, config, Wat.compile(asking), InstantSource.system())) {
            request(plugin);
            engine.forget();
            request(plugin);
            assertThat(engine.crossings()).containsExactly("clock_time_get", "clock_time_get");
            assertThat(longAt(8)).isGreaterThan(longAt(0));
            assertThat(longAt(16)).isGreaterThan(longAt(8));
        }
    }

    private long longAt(int at) {
        return ByteBuffer.wrap(engine.memory().read(at, Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }

    private void request(OnePlugin plugin) {
        try (HttpStream stream = plugin.open(HeaderMap.of(":method", "GET"))) {
            stream.requestHeaders(true);
        }
    }

    private long time(int at) {
        return Integer.toUnsignedLong(engine.memory().readI32(at));
    }
}

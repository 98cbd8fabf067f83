package dev.proxywasm.internal.stream;

import static dev.proxywasm.internal.callback.Callback.REQUEST_BODY;
import static dev.proxywasm.internal.callback.Callback.REQUEST_HEADERS;
import static dev.proxywasm.testing.Script.close;
import static dev.proxywasm.testing.Script.growMemory;
import static dev.proxywasm.testing.Script.on;
import static dev.proxywasm.testing.Script.onlyIf;
import static dev.proxywasm.testing.Script.pause;
import static dev.proxywasm.testing.Script.reply;
import static dev.proxywasm.testing.Script.trap;
import static dev.proxywasm.testing.TestHost.recorder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.FailurePolicy;
import dev.proxywasm.Limits;
import dev.proxywasm.PluginCounter;
import dev.proxywasm.PluginState;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.internal.vm.PoolStatus;
import dev.proxywasm.internal.vm.Vm;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is counted of a plugin, and the states that it is seen in. */
class CountersTest {

    private static final int PAGE = 65536;

    /** All that is not 0, but for entries. */
    private static Map<PluginCounter, Long> counted(TestHost host) {
        Map<PluginCounter, Long> counted = new EnumMap<>(host.pool(0).tally().counters());
        counted.remove(PluginCounter.ENTRIES);
        counted.values().removeIf(count -> count == 0);
        return counted;
    }

    private static PluginState state(TestHost host) {
        return host.pool(0).status().state();
    }

    @Test
    void countsRequestsAndLocalResponses() {
        try (TestHost host = TestHost.of(recorder("a", on(REQUEST_HEADERS, onlyIf("x-no"), reply(403, "no")))
                .build())) {
            host.get().bodylessRequest();
            host.get("x-no", "1").bodylessRequest();
            assertThat(counted(host))
                    .containsOnly(
                            Map.entry(PluginCounter.STARTS, 1L),
                            Map.entry(PluginCounter.REQUESTS, 2L),
                            Map.entry(PluginCounter.LOCAL_RESPONSES, 1L));
        }
    }

    @Test
    void countsResetsAndEntries() {
        try (TestHost host =
                TestHost.of(recorder("a", on(REQUEST_HEADERS, close(0))).build())) {
            long before = host.pool(0).tally().counters().get(PluginCounter.ENTRIES);
            try (TestExchange exchange = host.get()) {
                assertThat(exchange.bodylessRequest()).isInstanceOf(Outcome.Abort.class);
            }
            assertThat(counted(host)).containsEntry(PluginCounter.RESETS, 1L);
            assertThat(host.pool(0).tally().counters().get(PluginCounter.ENTRIES) - before)
                    .isEqualTo(2);
        }
    }

    @Test
    void countsPausesThatLastTooLong() throws InterruptedException {
        Limits limits = Limits.builder().pauseTimeout(Duration.ofSeconds(1)).build();
        try (TestHost host = TestHost.of(recorder("a", on(REQUEST_HEADERS, pause()))
                        .limits(limits)
                        .build());
                TestExchange exchange = host.get()) {
            Outcome.Wait wait = (Outcome.Wait) exchange.bodylessRequest();
            host.advance(Duration.ofSeconds(2));
            assertThat(wait.await()).isInstanceOf(Outcome.Reply.class);
            assertThat(counted(host)).containsEntry(PluginCounter.PAUSE_TIMEOUTS, 1L);
        }
    }

    @Test
    void countsBodiesThatAreTooLarge() {
        Limits limits = Limits.builder().requestBodyBufferBytes(4).build();
        try (TestHost host = TestHost.of(
                        recorder("a", on(REQUEST_BODY, pause())).limits(limits).build());
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            exchange.requestBody("abc");
            assertThat(exchange.requestBody("def")).isInstanceOf(Outcome.Reply.class);
            assertThat(counted(host)).containsEntry(PluginCounter.BODIES_TOO_LARGE, 1L);
        }
    }

    @Test
    void countsABodyWhoseFirstPartIsTooLarge() {
        Limits limits = Limits.builder().requestBodyBufferBytes(4).build();
        try (TestHost host = TestHost.of(
                        recorder("a", on(REQUEST_BODY, pause())).limits(limits).build());
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            assertThat(exchange.requestBody("abcdef")).isInstanceOf(Outcome.Reply.class);
            assertThat(counted(host)).containsEntry(PluginCounter.BODIES_TOO_LARGE, 1L);
        }
    }

    @Test
    void countsTrapsAndWhatFollowsAndSeesThePluginGoDownAndComeBack() {
        String script = on(REQUEST_HEADERS, onlyIf("x-trap"), trap());
        try (TestHost host = TestHost.of(recorder("a", script).build())) {
            assertThat(state(host)).isEqualTo(PluginState.RUNNING);
            host.get("x-trap", "1").bodylessRequest();
            assertThat(state(host)).isEqualTo(PluginState.IDLE);
            host.get("x-trap", "1").bodylessRequest();
            PoolStatus down = host.pool(0).status();
            assertThat(down.state()).isEqualTo(PluginState.DOWN);
            assertThat(down.reason()).contains("plugin 'a'", "proxy_on_request_headers trapped");
            host.get().bodylessRequest();
            assertThat(counted(host))
                    .containsOnly(
                            Map.entry(PluginCounter.STARTS, 2L),
                            Map.entry(PluginCounter.RESTARTS, 1L),
                            Map.entry(PluginCounter.REQUESTS, 2L),
                            Map.entry(PluginCounter.TRAPS, 2L),
                            Map.entry(PluginCounter.REFUSED, 3L));
            host.advance(Duration.ofSeconds(2));
            assertThat(state(host)).isEqualTo(PluginState.IDLE);
            host.get().bodylessRequest();
            PoolStatus back = host.pool(0).status();
            assertThat(back.state()).isEqualTo(PluginState.RUNNING);
            assertThat(back.reason()).isEmpty();
            assertThat(counted(host)).containsEntry(PluginCounter.RESTARTS, 2L);
        }
    }

    @Test
    void countsWhatPassesAPluginThatIsOpen() {
        try (TestHost host = TestHost.of(recorder("a", on(REQUEST_HEADERS, trap()))
                .failurePolicy(FailurePolicy.OPEN)
                .build())) {
            try (TestExchange exchange = host.get()) {
                assertThat(exchange.passes()).isTrue();
            }
            assertThat(counted(host))
                    .containsEntry(PluginCounter.BYPASSED, 1L)
                    .doesNotContainKey(PluginCounter.REFUSED);
        }
    }

    @Test
    void seesStreamsInstancesAndMemory() {
        Limits limits = Limits.builder().memoryBytes(64 * PAGE).build();
        try (TestHost host = TestHost.of(
                recorder("a", on(REQUEST_HEADERS, growMemory())).limits(limits).build())) {
            long before = host.pool(0).status().memoryBytes();
            TestExchange exchange = host.get();
            exchange.bodylessRequest();
            PoolStatus during = host.pool(0).status();
            assertThat(during.streams()).isEqualTo(1);
            assertThat(during.instances()).isEqualTo(1);
            assertThat(during.memoryBytes()).isEqualTo(64 * PAGE).isGreaterThan(before);
            exchange.close();
            assertThat(host.pool(0).status().streams()).isZero();
        }
    }

    @Test
    @Timeout(30)
    void doesNotWaitForAGuestThatRuns() throws InterruptedException {
        try (TestHost host = TestHost.of(recorder("a", "").build())) {
            long before = host.pool(0).status().memoryBytes();
            Vm vm = host.pool(0).acquire();
            vm.lock();
            try {
                AtomicReference<PoolStatus> seen = new AtomicReference<>();
                Thread other = new Thread(() -> seen.set(host.pool(0).status()));
                other.start();
                other.join();
                assertThat(seen.get().memoryBytes()).isEqualTo(before).isPositive();
            } finally {
                vm.unlock();
            }
        }
    }

    @Test
    void tellsThatTheHostIsClosed() {
        TestHost host = TestHost.of(recorder("a", "").build());
        host.close();
        assertThat(host.pool(0).status()).isEqualTo(new PoolStatus(PluginState.CLOSED, "the host is closed", 0, 0, 0));
    }
}

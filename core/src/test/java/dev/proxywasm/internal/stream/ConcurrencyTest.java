package dev.proxywasm.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.PluginCounter;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads at once: no exchange sees another's data, and no resume is lost. */
class ConcurrencyTest {

    private static final int THREADS = 64;
    private static final int EXCHANGES = 20_000;
    private static final int PAUSES = 3_000;
    private static final int CHURNS = 500;
    private static final int TICKS = 50;

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void neverMixesUpExchanges() throws Exception {
        PluginConfig echo =
                PluginConfig.builder("echo", "stream/echo").instances(2).build();
        AtomicInteger next = new AtomicInteger();
        AtomicInteger right = new AtomicInteger();
        try (TestHost host = TestHost.live(echo)) {
            inThreads(THREADS, () -> {
                for (int id = next.getAndIncrement(); id < EXCHANGES; id = next.getAndIncrement()) {
                    String text = "exchange-" + id + "-" + "x".repeat(id % 100);
                    try (TestExchange exchange = host.get("x-id", text)) {
                        assertThat(exchange.passes()).isTrue();
                        assertThat(exchange.response().takeHeaders().getAll("x-echo"))
                                .containsExactly(text);
                    }
                    right.incrementAndGet();
                }
                return null;
            });
            assertThat(host.pool(0).size()).isEqualTo(2);
        }
        assertThat(right).hasValue(EXCHANGES);
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void losesNoResumeThatRacesWithItsPause() throws Exception {
        PluginConfig plugin =
                PluginConfig.builder("race", "stream/resume-race").instances(1).build();
        try (TestHost host = TestHost.live(plugin)) {
            AtomicInteger role = new AtomicInteger();
            inThreads(2, () -> role.getAndIncrement() == 0 ? pauseAgainAndAgain(host) : resumeAgainAndAgain(host));
        }
    }

    /** One plugin changes headers in its callback while another one reads them in a tick, on another thread. */
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void keepsHeadersWholeForAGuestThatReadsThemFromOutside() {
        PluginConfig reads = PluginConfig.builder("reads", "stream/reads-from-outside")
                .instances(1)
                .build();
        PluginConfig churns =
                PluginConfig.builder("churns", "stream/churns-headers").build();
        try (TestHost host = TestHost.live(reads, churns)) {
            // Of the entries of the plugin that reads, those that are no context_create are ticks.
            for (int i = 0; i < CHURNS || counted(host, PluginCounter.ENTRIES) - i < TICKS; i++) {
                try (TestExchange exchange = host.get()) {
                    assertThat(exchange.passes()).isTrue();
                }
            }
            assertThat(counted(host, PluginCounter.TRAPS)).isZero();
        }
    }

    private static long counted(TestHost host, PluginCounter counter) {
        return host.pool(0).tally().counters().get(counter);
    }

    private static Void pauseAgainAndAgain(TestHost host) throws InterruptedException {
        for (int i = 0; i < PAUSES; i++) {
            try (TestExchange exchange = host.get()) {
                Outcome outcome = exchange.bodylessRequest();
                assertThat(outcome).isInstanceOf(Outcome.Wait.class);
                assertThat(((Outcome.Wait) outcome).await()).isEqualTo(Outcome.FORWARD);
            }
        }
        return null;
    }

    private static Void resumeAgainAndAgain(TestHost host) {
        int resumed = 0;
        while (resumed < PAUSES) {
            try (TestExchange exchange = host.get("x-other", "1")) {
                if (exchange.bodylessRequest() == Outcome.FORWARD) {
                    resumed++;
                }
            }
        }
        return null;
    }

    private static void inThreads(int threads, Callable<Void> task) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(executor.submit(task));
            }
            for (Future<Void> thread : running) {
                thread.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }
}

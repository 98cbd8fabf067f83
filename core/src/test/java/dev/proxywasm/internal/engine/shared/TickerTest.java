package dev.proxywasm.internal.engine.shared;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The clock of an engine. That of Wasmtime's has tests of its own. */
class TickerTest {

    @Test
    void survivesAFullHeap() {
        AtomicInteger ticks = new AtomicInteger();
        Ticker ticker = new Ticker(
                Duration.ofMillis(1),
                () -> {
                    if (ticks.incrementAndGet() < 3) {
                        throw new OutOfMemoryError("as when a guest has taken the whole heap");
                    }
                },
                () -> {});
        ticker.start();
        await().until(() -> ticks.get() > 5);
        ticker.stop();
    }
}

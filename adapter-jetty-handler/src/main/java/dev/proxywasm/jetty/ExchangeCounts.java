package dev.proxywasm.jetty;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** How many requests there are and have been. */
final class ExchangeCounts {

    private final LongAdder all = new LongAdder();
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger paused = new AtomicInteger();

    void began() {
        all.increment();
        active.incrementAndGet();
    }

    void ended() {
        active.decrementAndGet();
    }

    void paused() {
        paused.incrementAndGet();
    }

    void resumed() {
        paused.decrementAndGet();
    }

    long allExchanges() {
        return all.sum();
    }

    int activeExchanges() {
        return active.get();
    }

    int pausedExchanges() {
        return paused.get();
    }

    void reset() {
        all.reset();
    }
}

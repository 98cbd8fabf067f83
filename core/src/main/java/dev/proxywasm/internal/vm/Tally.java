package dev.proxywasm.internal.vm;

import dev.proxywasm.PluginCounter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of one plugin while it works. Any thread; counting blocks nobody. */
public final class Tally {

    private final LongAdder[] counts = new LongAdder[PluginCounter.values().length];
    private final LongAdder callbackNanos = new LongAdder();

    /** Of a plugin that has done nothing. */
    public Tally() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /** Adds one. */
    public void count(PluginCounter counter) {
        counts[counter.ordinal()].increment();
    }

    void addCallbackNanos(long nanos) {
        callbackNanos.add(nanos);
    }

    /** All counters as they are now. */
    public Map<PluginCounter, Long> counters() {
        Map<PluginCounter, Long> now = new EnumMap<>(PluginCounter.class);
        for (PluginCounter counter : PluginCounter.values()) {
            now.put(counter, counts[counter.ordinal()].sum());
        }
        return now;
    }

    /** Time in guests. */
    public Duration callbackTime() {
        return Duration.ofNanos(callbackNanos.sum());
    }
}

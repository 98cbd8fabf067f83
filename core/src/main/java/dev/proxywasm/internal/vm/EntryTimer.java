package dev.proxywasm.internal.vm;

import dev.proxywasm.PluginCounter;
import java.util.function.LongSupplier;

/**
 * Counts the entries into a guest, and times one in seventeen, which stands for the others: to read the clock twice an entry costs more than
 * all counters together. Seventeen, a prime, so that the sample meets each of a request's entries. Confined to the VM.
 */
final class EntryTimer {

    static final int TIMED_ONE_IN = 17;

    private final LongSupplier nanoTime;
    private final Tally tally;
    private int number;
    private long startNanos;

    EntryTimer(LongSupplier nanoTime, Tally tally) {
        this.nanoTime = nanoTime;
        this.tally = tally;
    }

    void begin() {
        tally.count(PluginCounter.ENTRIES);
        number++;
        if (number == TIMED_ONE_IN) {
            startNanos = nanoTime.getAsLong();
        }
    }

    void end() {
        if (number == TIMED_ONE_IN) {
            number = 0;
            tally.addCallbackNanos((nanoTime.getAsLong() - startNanos) * TIMED_ONE_IN);
        }
    }
}

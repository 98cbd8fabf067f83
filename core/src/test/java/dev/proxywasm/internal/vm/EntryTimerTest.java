package dev.proxywasm.internal.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.PluginCounter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EntryTimerTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong readings = new AtomicLong();
    private final Tally tally = new Tally();
    private final EntryTimer timer = new EntryTimer(
            () -> {
                readings.incrementAndGet();
                return nanos.get();
            },
            tally);

    private void entry(int took) {
        timer.begin();
        nanos.addAndGet(took);
        timer.end();
    }

    @Test
    void countsEveryEntryAndReadsTheClockForFew() {
        for (int i = 0; i < 170; i++) {
            entry(100);
        }
        assertThat(tally.counters().get(PluginCounter.ENTRIES)).isEqualTo(170);
        assertThat(readings).hasValue(20);
        assertThat(tally.callbackTime()).isEqualTo(Duration.ofNanos(17_000));
    }

    /** A request enters a guest two to six times, always in the same order; each kind of entry has to be met as often as it comes. */
    @Test
    void meetsEachKindOfEntryAsOftenAsItComes() {
        for (int kinds = 2; kinds <= 6; kinds++) {
            long before = tally.callbackTime().toNanos();
            int rounds = 17 * 10;
            for (int i = 0; i < rounds; i++) {
                for (int kind = 0; kind < kinds; kind++) {
                    entry(kind == 0 ? 1000 : 10);
                }
            }
            long really = (long) rounds * (1000 + 10 * (kinds - 1));
            assertThat(tally.callbackTime().toNanos() - before).isEqualTo(really);
        }
    }
}

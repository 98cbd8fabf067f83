package dev.proxywasm.internal.vm;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The timer of one root context: one shot that is wound again after every tick. Confined to the VM but for the firing itself.
 *
 * <p>Each winding has a number, by which a tick that was on its way when the guest set or stopped the timer is told from the one that is
 * wanted: there is never more than one.
 */
final class TickTimer {

    private final ScheduledExecutorService scheduler;
    private final IntConsumer fired;
    private long periodMillis;
    private int winding;
    private @Nullable Future<?> pending;

    /** A timer that stands still; {@code fired} is told on the scheduler which winding ran down, and must not block. */
    TickTimer(ScheduledExecutorService scheduler, IntConsumer fired) {
        this.scheduler = scheduler;
        this.fired = fired;
    }

    /** Replaces the period; the first tick comes after one period, 0 stops the timer. */
    void setPeriodMillis(long millis) {
        periodMillis = millis;
        wind();
    }

    /** Stops the timer for good or until a new period. */
    void stop() {
        setPeriodMillis(0);
    }

    /** Whether the tick of that winding is still wanted: not if the timer was set or stopped since. */
    boolean isDue(int number) {
        return periodMillis > 0 && number == winding;
    }

    /** Winds the timer for the next tick, unless its guest set it during the one that was made for that winding. */
    void rewind(int number) {
        if (isDue(number)) {
            wind();
        }
    }

    private void wind() {
        Future<?> waiting = pending;
        if (waiting != null) {
            waiting.cancel(false);
            pending = null;
        }
        int number = ++winding;
        if (periodMillis > 0) {
            try {
                pending = scheduler.schedule(() -> fired.accept(number), periodMillis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException shutDown) {
                // The host is closing: there will be no next tick.
                periodMillis = 0;
            }
        }
    }
}

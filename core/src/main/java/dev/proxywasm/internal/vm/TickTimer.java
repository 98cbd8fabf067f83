package dev.proxywasm.internal.vm;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The timer of one root context: one shot that is wound again after every tick. Confined to the VM but for the firing itself. */
final class TickTimer {

    private final ScheduledExecutorService scheduler;
    private final Runnable tick;
    private long periodMillis;
    private @Nullable Future<?> pending;

    /** A timer that stands still; {@code tick} runs on the scheduler. */
    TickTimer(ScheduledExecutorService scheduler, Runnable tick) {
        this.scheduler = scheduler;
        this.tick = tick;
    }

    /** Replaces the period; the first tick comes after one period, 0 stops the timer. */
    void setPeriodMillis(long millis) {
        stop();
        periodMillis = millis;
        rewind();
    }

    /** Winds the timer for the next tick, if it has a period. */
    void rewind() {
        if (periodMillis > 0) {
            try {
                pending = scheduler.schedule(tick, periodMillis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException shutDown) {
                // The host is closing: there will be no next tick.
                periodMillis = 0;
            }
        }
    }

    /** Stops the timer for good or until a new period. */
    void stop() {
        periodMillis = 0;
        Future<?> waiting = pending;
        if (waiting != null) {
            waiting.cancel(false);
            pending = null;
        }
    }

    /** Whether ticks are wanted: a tick that was on its way when the timer stopped must not be made. */
    boolean isRunning() {
        return periodMillis > 0;
    }
}

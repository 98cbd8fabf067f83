package dev.proxywasm.internal.engine.shared;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The clock by which guest code runs out of time: a daemon thread that ticks.
 *
 * <p>A tick that comes late lets guests run longer, never shorter: after a pause of the whole JVM no guest is blamed for it.
 */
public final class Ticker {

    private static final long MAX_TICKS = 1L << 40;

    private final long tickNanos;
    private final Runnable onTick;
    private final Runnable onStop;
    private volatile long ticks;
    private volatile boolean stopped;
    private @Nullable Thread thread;

    /**
     * A clock that does not tick yet.
     *
     * @param onTick runs after each tick, on the clock's thread
     * @param onStop runs once, when no tick will come any more
     */
    public Ticker(Duration tick, Runnable onTick, Runnable onStop) {
        this.tickNanos = tick.toNanos();
        this.onTick = onTick;
        this.onStop = onStop;
    }

    /** Starts ticking unless it already does. */
    public synchronized void start() {
        if (thread == null && !stopped) {
            thread = new Thread(this::run, "proxy-wasm-ticker");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Stops. Called once. */
    public synchronized void stop() {
        stopped = true;
        if (thread == null) {
            onStop.run();
        } else {
            LockSupport.unpark(thread);
        }
    }

    /** How often it has ticked. */
    public long ticks() {
        return ticks;
    }

    /** How many ticks from any moment make at least this time; at most two ticks longer. */
    public long ticksFor(long nanos) {
        long whole = Math.max(0, nanos) / tickNanos;
        // A part of the present tick has passed, and the count may be one ahead of what is done at a tick.
        return Math.min(whole, MAX_TICKS) + 2;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void run() {
        try {
            while (!stopped) {
                LockSupport.parkNanos(this, tickNanos);
                ticks++;
                tick();
            }
        } finally {
            onStop.run();
        }
    }

    private void tick() {
        try {
            onTick.run();
        } catch (OutOfMemoryError full) {
            // A guest that fills the heap must not stop the clock that stops guests. The next tick does what this one
            // could not.
        }
    }
}

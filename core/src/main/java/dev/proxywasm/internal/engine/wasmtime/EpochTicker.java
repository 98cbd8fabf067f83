package dev.proxywasm.internal.engine.wasmtime;

import io.github.kawamuray.wasmtime.Engine;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The clock by which guest code runs out of time: a daemon thread that moves the engine's epoch.
 *
 * <p>Owns an engine handle of its own, since a compile holds the lock of its handle for seconds. A tick that comes late lets guests run
 * longer, never shorter: after a pause of the whole JVM no guest is blamed for it.
 */
final class EpochTicker {

    private static final long MAX_TICKS = 1L << 40;

    private final Engine engine;
    private final long tickNanos;
    private volatile long ticks;
    private volatile boolean stopped;
    private @Nullable Thread thread;

    EpochTicker(Engine engine, Duration tick) {
        this.engine = engine;
        this.tickNanos = tick.toNanos();
    }

    /** Starts ticking unless it already does. */
    synchronized void start() {
        if (thread == null && !stopped) {
            thread = new Thread(this::run, "proxy-wasm-ticker");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Stops, and releases the engine handle. Called once. */
    synchronized void stop() {
        stopped = true;
        if (thread == null) {
            engine.dispose();
        } else {
            LockSupport.unpark(thread);
        }
    }

    /** How often it has ticked. */
    long ticks() {
        return ticks;
    }

    /** How many ticks from any moment make at least this time; at most two ticks longer. */
    long ticksFor(long nanos) {
        long whole = Math.max(0, nanos) / tickNanos;
        return Math.min(whole, MAX_TICKS)
                + 2; // a part of the present tick has passed, and the count may be one ahead of the epoch
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void run() {
        try {
            while (!stopped) {
                LockSupport.parkNanos(this, tickNanos);
                ticks++;
                engine.incrementEpoch();
            }
        } finally {
            engine.dispose();
        }
    }
}

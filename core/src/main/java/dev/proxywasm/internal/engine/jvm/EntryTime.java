package dev.proxywasm.internal.engine.jvm;

import dev.proxywasm.internal.engine.WasmTrap;
import dev.proxywasm.internal.engine.shared.Ticker;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.WasmInterruptedException;

/**
 * The time of the entry under way in one instance.
 *
 * <p>Translated code looks at each loop and call whether its thread is interrupted. So a guest whose time is up gets its thread interrupted,
 * but only while its own code runs: never in a hostcall, where an interrupt would close the file that somebody logs to, and never after it
 * has returned. An interrupt that others sent is put aside while the guest is inside; one that arrives while its code runs stops the guest,
 * which cannot be told from the other kind by the code, and is still there afterwards.
 *
 * <p>Only {@link #check} is called by another thread than the one that is inside.
 */
final class EntryTime {

    private static final int OUTSIDE = 0;
    private static final int IN_GUEST = 1;
    private static final int IN_HOSTCALL = 2;
    private static final int STOPPING = 3;
    private static final int STOPPED = 4;

    private final Ticker ticker;
    private final AtomicInteger state = new AtomicInteger(OUTSIDE);
    private volatile long lastTick;
    private @Nullable Thread thread;
    private boolean interruptedByOthers;

    EntryTime(Ticker ticker) {
        this.ticker = ticker;
    }

    /** An entry begins on this thread. */
    void enter(long timeoutNanos) {
        interruptedByOthers = Thread.interrupted();
        thread = Thread.currentThread();
        lastTick = ticker.ticks() + ticker.ticksFor(timeoutNanos);
        state.setRelease(IN_GUEST);
    }

    /** The entry is over, however it ended. */
    void leave() {
        if (awaitAndSet(OUTSIDE) == STOPPED) {
            Thread.interrupted();
        }
        thread = null;
        if (interruptedByOthers) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A hostcall begins.
     *
     * @throws WasmTrap if the guest's time is up
     */
    void enterHostcall() {
        if (!state.compareAndSet(IN_GUEST, IN_HOSTCALL) && returnToHostcall()) {
            throw timeUp();
        }
    }

    /** The guest's allocator has ended within a hostcall, however it did; tells whether its time was up. */
    boolean returnToHostcall() {
        boolean stopped = awaitAndSet(IN_HOSTCALL) == STOPPED;
        if (stopped) {
            Thread.interrupted();
        }
        return stopped;
    }

    /**
     * The hostcall has been answered; or, within it, the guest's allocator begins.
     *
     * @throws WasmTrap if the guest's time is up
     */
    void leaveHostcall() {
        interruptedByOthers |= Thread.interrupted();
        if (ticker.ticks() > lastTick) {
            throw timeUp();
        }
        state.setRelease(IN_GUEST);
    }

    /** Does what translated code does by itself at loops and calls: stops the guest if its thread is interrupted while its own code runs. */
    void stopIfInterrupted() {
        if (Thread.currentThread().isInterrupted() && isGuestCode(state.getAcquire())) {
            throw new WasmInterruptedException("interrupted");
        }
    }

    private static boolean isGuestCode(int state) {
        return state != OUTSIDE && state != IN_HOSTCALL;
    }

    /** Whether the guest was stopped because its time is up. */
    boolean isUp() {
        return state.getAcquire() >= STOPPING;
    }

    /** Stops the guest if its time is up. */
    void check() {
        if (ticker.ticks() > lastTick && state.compareAndSet(IN_GUEST, STOPPING)) {
            int next = IN_GUEST;
            try {
                Thread inside = thread;
                // Another entry may have begun in between; it cannot end now.
                if (inside != null && ticker.ticks() > lastTick) {
                    next = STOPPED;
                    inside.interrupt();
                }
            } finally {
                state.set(next); // the thread inside waits for it
            }
        }
    }

    private static WasmTrap timeUp() {
        return new WasmTrap(WasmTrap.Cause.TIMEOUT, "");
    }

    /** Sets the state as soon as nobody is about to interrupt this thread; gives what it was. */
    private int awaitAndSet(int next) {
        while (true) {
            int now = state.get();
            if (now != STOPPING && state.compareAndSet(now, next)) {
                return now;
            }
            Thread.onSpinWait();
        }
    }
}

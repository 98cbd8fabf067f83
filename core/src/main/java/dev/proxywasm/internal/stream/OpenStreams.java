package dev.proxywasm.internal.stream;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Counts the streams of a chain that are under way, and tells when the last one has ended after the chain went out of use. Any thread. */
final class OpenStreams {

    private static final long RETIRED = 1L << 62;

    private final AtomicLong state = new AtomicLong();
    private final AtomicReference<@Nullable Runnable> whenDrained = new AtomicReference<>();

    /** Counts a new stream; false if the chain is out of use. */
    boolean open() {
        if (state.incrementAndGet() < RETIRED) {
            return true;
        }
        ended();
        return false;
    }

    /** A stream that was counted has ended. */
    void ended() {
        if (state.decrementAndGet() == RETIRED) {
            drained();
        }
    }

    /** Lets no more streams in. {@code action} is run once, here or when the last stream has ended. */
    void retire(Runnable action) {
        whenDrained.set(action);
        if (state.addAndGet(RETIRED) == RETIRED) {
            drained();
        }
    }

    private void drained() {
        Runnable action = whenDrained.getAndSet(null);
        if (action != null) {
            action.run();
        }
    }
}

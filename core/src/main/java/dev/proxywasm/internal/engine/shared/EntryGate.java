package dev.proxywasm.internal.engine.shared;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of one instance: one thread at a time may be inside, and the release waits until it has left.
 *
 * <p>States: idle, entered, entered and closing, closed. The instance is released exactly once, on the way into <em>closed</em>: by
 * {@link #close} when idle, else by the {@link #exit} of the thread that is inside. Neither a close from another thread nor one from
 * within a hostcall can pull the store from under running code.
 */
public final class EntryGate {

    private enum State {
        IDLE,
        ENTERED,
        CLOSING,
        CLOSED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private final Runnable release;

    // Read by any thread without synchronization. That is enough: a thread reads its own name only if it wrote it and
    // has not left since.
    private @Nullable Thread owner;

    /** A gate that runs {@code release} when it closes for good. */
    public EntryGate(Runnable release) {
        this.release = release;
    }

    /** Lets this thread in; {@link #exit} must follow. */
    public void enter() {
        if (!state.compareAndSet(State.IDLE, State.ENTERED)) {
            throw refusal();
        }
        owner = Thread.currentThread();
    }

    /** Lets this thread in unless it already is; {@link #exit} must follow if the answer is true. */
    public boolean enterUnlessInside() {
        if (isInside()) {
            return false;
        }
        enter();
        return true;
    }

    /** Whether this thread is inside. */
    public boolean isInside() {
        return owner == Thread.currentThread();
    }

    /** Lets this thread out, and releases the instance if that was asked for meanwhile. */
    public void exit() {
        owner = null;
        if (!state.compareAndSet(State.ENTERED, State.IDLE)) {
            state.set(State.CLOSED);
            release.run();
        }
    }

    /** Lets nobody in any more, and releases the instance now or when the thread that is inside leaves. */
    public void close() {
        if (state.compareAndSet(State.IDLE, State.CLOSED)) {
            release.run();
        } else if (!state.compareAndSet(State.ENTERED, State.CLOSING) && state.get() == State.IDLE) {
            close(); // the thread inside left between the two attempts
        }
    }

    private IllegalStateException refusal() {
        State now = state.get();
        if (now == State.CLOSING || now == State.CLOSED) {
            return new IllegalStateException("the instance is closed");
        }
        return new IllegalStateException(
                isInside()
                        ? "the guest cannot be entered during a hostcall"
                        : "another thread is in this instance: its owner must let in one at a time");
    }
}

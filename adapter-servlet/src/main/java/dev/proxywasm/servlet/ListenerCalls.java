package dev.proxywasm.servlet;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the read and write listeners of a request as containers do: one after the other, and none before the application has returned to
 * the container.
 *
 * <p>What waits for the client does so beside them ({@link #await}), in a thread of its own.
 */
final class ListenerCalls {

    /** Threads of the container. */
    interface Threads {

        /** Runs a task soon; false if the request is over. */
        boolean start(Runnable task);
    }

    /** A call of a listener. */
    interface Call {

        void run() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.servlet");

    private final ReentrantLock turn = new ReentrantLock();
    private final Threads threads;
    private final Deque<Runnable> calls = new ArrayDeque<>(2);
    private boolean held;
    private boolean running;

    ListenerCalls(Threads threads) {
        this.threads = threads;
    }

    /** Until {@link #release()}, calls have to wait. */
    synchronized void hold() {
        held = true;
    }

    /** The application has returned. */
    void release() {
        boolean waiting;
        synchronized (this) {
            held = false;
            waiting = !running && !calls.isEmpty();
            running |= waiting;
        }
        if (waiting) {
            begin();
        }
    }

    /** Calls, when its turn comes. */
    void submit(Runnable call) {
        boolean first;
        synchronized (this) {
            calls.add(call);
            first = !held && !running;
            running |= first;
        }
        if (first) {
            begin();
        }
    }

    private void begin() {
        if (!threads.start(this::run)) {
            forget();
        }
    }

    private synchronized void forget() {
        calls.clear();
        running = false;
    }

    /** Does what may block, and then calls; neither if the request is over. */
    void await(Runnable blocking, Runnable call) {
        boolean unused = threads.start(() -> {
            blocking.run();
            submit(call);
        });
    }

    /** Makes a call of the container's own while no other is under way. */
    void inTurn(Call call) throws IOException {
        turn.lock();
        try {
            call.run();
        } finally {
            turn.unlock();
        }
    }

    private void run() {
        for (Runnable call = next(); call != null; call = next()) {
            turn.lock();
            try {
                call.run();
            } catch (RuntimeException | Error thrown) {
                LOG.error("a listener failed, and with it what it was told of an earlier failure", thrown);
            } finally {
                turn.unlock();
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable call = held ? null : calls.poll();
        running = call != null;
        return call;
    }
}

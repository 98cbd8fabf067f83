package dev.proxywasm.jetty;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.eclipse.jetty.server.Request;

/**
 * Keeps Jetty from ending a request because its connection is idle while a filter pauses, which has a time limit of its own.
 *
 * <p>Jetty asks its listeners whether an idle timeout is a failure; without any it is one. So a listener is added only when one is needed,
 * and leaves the decision to the application if that has one, too.
 */
final class IdleTimeouts {

    private final Request raw;
    private final AtomicInteger pauses = new AtomicInteger();
    private volatile long resumedNanos;
    private volatile boolean applicationListens;
    private boolean listening;

    IdleTimeouts(Request raw) {
        this.raw = raw;
    }

    void pause() {
        pauses.incrementAndGet();
        listen();
    }

    /** Counts as activity: Jetty still measures from before the pause, and may ask just now. */
    void resume() {
        resumedNanos = System.nanoTime();
        pauses.decrementAndGet();
    }

    void addApplicationListener(Predicate<TimeoutException> listener) {
        applicationListens = true;
        raw.addIdleTimeoutListener(listener);
    }

    private synchronized void listen() {
        if (!listening) {
            listening = true;
            raw.addIdleTimeoutListener(timeout -> pauses.get() == 0 && !applicationListens && isIdleSinceResume());
        }
    }

    private boolean isIdleSinceResume() {
        long idleMillis =
                raw.getConnectionMetaData().getConnection().getEndPoint().getIdleTimeout();
        return System.nanoTime() - resumedNanos >= TimeUnit.MILLISECONDS.toNanos(idleMillis);
    }
}

package dev.proxywasm.servlet;

import jakarta.servlet.AsyncContext;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The passes of a request through the application: one, or several where it is asynchronous and dispatched again. Between them other threads
 * act for it, and its listeners are called.
 */
final class Passes {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.servlet");

    /** What the application completes within a pass it may still write to, until that is over. */
    private enum Pass {
        RUNNING,
        COMPLETED,
        OVER
    }

    private final ServletExchange exchange;
    private final AtomicReference<Pass> pass = new AtomicReference<>(Pass.OVER);
    private @Nullable ListenerCalls listenerCalls;
    private volatile @Nullable AsyncCompletion async;
    private boolean asyncStarted;

    Passes(ServletExchange exchange) {
        this.exchange = exchange;
    }

    /** A pass begins. */
    void begin() {
        pass.set(Pass.RUNNING);
        ListenerCalls present = presentListenerCalls();
        if (present != null) {
            present.hold();
        }
    }

    /** The pass is over; tells whether the request goes on without one. */
    boolean end() {
        boolean completed = pass.getAndSet(Pass.OVER) == Pass.COMPLETED;
        return asyncStarted && !completed;
    }

    /** The application has returned to the container, and its listeners may be called. */
    void releaseListeners() {
        ListenerCalls present = presentListenerCalls();
        if (present != null) {
            present.release();
        }
    }

    /** The application completes the request; true if it does so within a pass, whose end is to be waited for. */
    boolean completeWithin() {
        return pass.compareAndSet(Pass.RUNNING, Pass.COMPLETED);
    }

    /** The container dispatches the request again, which is not asynchronous until the application says so once more. */
    void dispatch() {
        asyncStarted = false;
    }

    AsyncContext startAsync(AsyncContext context, boolean originals) {
        asyncStarted = true;
        exchange.expectDispatch();
        AsyncCompletion completion = new AsyncCompletion(context, exchange, originals);
        async = completion;
        return completion;
    }

    AsyncContext asyncContext(AsyncContext context) {
        AsyncCompletion present = async;
        return present != null && present.isOver(context) ? present : startAsync(context, false);
    }

    boolean isAsyncStarted() {
        return async != null && asyncStarted;
    }

    /** For listeners, which only an asynchronous request may have: made with the first body or listener. */
    synchronized ListenerCalls listenerCalls() {
        ListenerCalls present = listenerCalls;
        if (present == null) {
            present = new ListenerCalls(this::startTask);
            listenerCalls = present;
            if (pass.get() != Pass.OVER) {
                present.hold();
            }
        }
        return present;
    }

    private synchronized @Nullable ListenerCalls presentListenerCalls() {
        return listenerCalls;
    }

    private boolean startTask(Runnable task) {
        AsyncCompletion present = async;
        if (present == null || exchange.isClosed()) {
            return false;
        }
        try {
            present.start(task);
            return true;
        } catch (IllegalStateException completed) {
            LOG.debug("{} {}: its listeners are no longer called", exchange.method(), exchange.path(), completed);
            return false;
        }
    }
}

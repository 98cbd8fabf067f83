package dev.proxywasm.jetty;

import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Tells Jetty, once, that a request is done: when the application is and, if the chain has answered instead, when that answer is, too, and
 * what is left of the request has been dropped.
 *
 * <p>An application that the chain has overruled is waited for, because it may still use the request.
 */
final class Completion {

    private final Callback callback;
    private final Consumer<Runnable> dropRest;
    private boolean applicationRuns;
    private boolean answering;
    private boolean answered;
    private boolean done;
    private @Nullable Throwable failure;
    private @Nullable Throwable aborted;

    /**
     * Over Jetty's callback.
     *
     * @param dropRest runs a task once what is left of a request that the chain has answered is dropped
     */
    Completion(Callback callback, Consumer<Runnable> dropRest) {
        this.callback = callback;
        this.dropRest = dropRest;
    }

    synchronized void applicationStarts() {
        applicationRuns = true;
    }

    /** The application is done; null if it has not failed. What it thinks of a request that the chain answers does not matter. */
    void applicationEnded(@Nullable Throwable cause) {
        synchronized (this) {
            applicationRuns = false;
            failure = failure == null && !answering && !answered ? cause : failure;
        }
        completeIfDone();
    }

    /** The chain answers. */
    synchronized void answering() {
        answering = true;
    }

    /** The chain's answer is written, or what was to be written without an application is not; null if it has not failed. */
    void answered(@Nullable Throwable cause) {
        synchronized (this) {
            answering = false;
            answered = cause == null;
            failure = failure == null ? cause : failure;
        }
        completeIfDone();
    }

    /** The chain wants no response. */
    void aborted(Throwable cause) {
        synchronized (this) {
            answering = false;
            aborted = aborted == null ? cause : aborted;
        }
        completeIfDone();
    }

    private void completeIfDone() {
        Throwable outcome;
        boolean byChain;
        synchronized (this) {
            if (done || applicationRuns || answering) {
                return;
            }
            done = true;
            byChain = answered;
            outcome = aborted == null ? failure : aborted;
        }
        if (outcome != null) {
            callback.failed(outcome);
        } else if (byChain) {
            dropRest.accept(callback::succeeded);
        } else {
            callback.succeeded();
        }
    }
}

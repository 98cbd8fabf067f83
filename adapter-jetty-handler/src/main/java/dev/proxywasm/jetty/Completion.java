package dev.proxywasm.jetty;

import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Tells Jetty, once, that a request is done: when the application is and, if the chain has answered instead, when that answer is, too.
 *
 * <p>An application that the chain has overruled is waited for, because it may still use the request.
 */
final class Completion {

    private final Callback callback;
    private boolean applicationRuns;
    private boolean answering;
    private boolean done;
    private @Nullable Throwable failure;
    private @Nullable Throwable aborted;

    Completion(Callback callback) {
        this.callback = callback;
    }

    synchronized void applicationStarts() {
        applicationRuns = true;
    }

    /** The application is done; null if it has not failed. What it thinks of a request that the chain answers does not matter. */
    void applicationEnded(@Nullable Throwable cause) {
        synchronized (this) {
            applicationRuns = false;
            failure = failure == null && !answering ? cause : failure;
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
        synchronized (this) {
            if (done || applicationRuns || answering) {
                return;
            }
            done = true;
            outcome = aborted == null ? failure : aborted;
        }
        if (outcome == null) {
            callback.succeeded();
        } else {
            callback.failed(outcome);
        }
    }
}

package dev.proxywasm.internal.callout;

import dev.proxywasm.spi.Callout;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call of a guest that has no answer yet. Confined to the VM. */
abstract class OutstandingCall {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.callout");

    private final int token;
    private @Nullable Callout callout;
    private @Nullable Future<?> deadline;

    OutstandingCall(int token) {
        this.token = token;
    }

    /** By which the guest knows it. */
    final int token() {
        return token;
    }

    /** The call is under way. */
    final void started(Callout started, @Nullable Future<?> timer) {
        callout = started;
        deadline = timer;
    }

    /** Gives the call up. */
    final void cancel() {
        stopTimer();
        if (callout != null) {
            cancel(callout);
        }
    }

    private void cancel(Callout started) {
        try {
            started.cancel();
        } catch (RuntimeException fault) {
            // Of a client, maybe an embedder's: whoever gives a call up has more to do, the end of a VM for one.
            LOG.error("call {} could not be cancelled", token, fault);
        }
    }

    /** The call is over. */
    final void stopTimer() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    /** Tells the guest that the time is up. */
    abstract void timedOut(String reason);
}

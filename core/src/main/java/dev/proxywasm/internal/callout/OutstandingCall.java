package dev.proxywasm.internal.callout;

import dev.proxywasm.spi.Callout;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A call of a guest that has no answer yet. Confined to the VM. */
abstract class OutstandingCall {

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
            callout.cancel();
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

package dev.proxywasm.internal.hostcall;

import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.callout.CalloutStart;

/** A hostcall whose arguments do not allow it. The door turns it into its status. Guests cause it, so it carries no stack trace. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Status status;

    private Refusal(Status status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** An argument is out of its range: {@link Status#BAD_ARGUMENT}. */
    static Refusal badArgument(String message) {
        return new Refusal(Status.BAD_ARGUMENT, message);
    }

    /**
     * The call would exceed a limit: {@link Status#INTERNAL_FAILURE}, one of the statuses that every SDK knows.
     *
     * <p>Differs: Envoy has no such limits. The Rust SDK panics on any failure of a write, so such a guest is stopped; dropping the
     * write silently could hide that a filter's decision was lost.
     */
    static Refusal overLimit(long found, String unit, String limit, long most) {
        return new Refusal(
                Status.INTERNAL_FAILURE, found + " " + unit + " are more than the " + most + " of the limit " + limit);
    }

    /** Something else that the host refused, with the status that its caller documents. */
    static Refusal of(Status status, String message) {
        return new Refusal(status, message);
    }

    /**
     * The token of a callout that was started.
     *
     * @throws Refusal if it was not, with the status and reason that it says
     */
    static int unlessStarted(CalloutStart start) {
        if (start.status() != Status.OK) {
            throw of(start.status(), start.reason());
        }
        return start.token();
    }

    /** What the guest gets. */
    Status status() {
        return status;
    }
}

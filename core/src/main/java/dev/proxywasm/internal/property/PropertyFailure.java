package dev.proxywasm.internal.property;

import dev.proxywasm.abi.Status;

/** A property that cannot be read or stored, though its path is right. Guests cause it, so it carries no stack trace. */
public final class PropertyFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Status status;

    private PropertyFailure(Status status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** What is there has no binary form: {@link Status#SERIALIZATION_FAILURE}. */
    static PropertyFailure unencodable(String message) {
        return new PropertyFailure(Status.SERIALIZATION_FAILURE, message);
    }

    /** A guest stores more than it may: {@link Status#INTERNAL_FAILURE}. */
    static PropertyFailure overLimit(String message) {
        return new PropertyFailure(Status.INTERNAL_FAILURE, message);
    }

    /** What the guest gets. */
    public Status status() {
        return status;
    }
}

package dev.proxywasm.internal.vm;

import org.jspecify.annotations.Nullable;

/**
 * A plugin cannot be asked: its guest trapped, or there is no VM of it that runs. The failure policy decides what follows.
 *
 * <p>Carries no stack trace of its own: it is expected, and its cause says where it came from.
 */
public final class GuestFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The message names the plugin and what happened. */
    public GuestFailure(String message) {
        this(message, null);
    }

    GuestFailure(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}

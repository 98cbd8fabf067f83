package dev.proxywasm.internal.files;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Nothing can be read at a place. The message follows the place's name, and leaves out the cure if that depends on what was to be read. */
public final class PlaceException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What is wrong there. */
    public enum Problem {
        /** There is no such file. */
        MISSING,
        /** No class loader finds it. */
        NO_RESOURCE,
        /** It is a directory. */
        DIRECTORY,
        /** This process may not read it. */
        DENIED,
        /** It is larger than what is read. */
        TOO_LARGE,
        /** The address leads nowhere, or something else; the message says all. */
        OTHER
    }

    private final Problem problem;

    /** With the exception that was the cause, if any. */
    PlaceException(Problem problem, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    /** What is wrong. */
    public Problem problem() {
        return problem;
    }
}

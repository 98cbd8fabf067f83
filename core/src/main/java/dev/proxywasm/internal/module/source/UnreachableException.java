package dev.proxywasm.internal.module.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A server could not be reached, or was not able to answer, in all tries: it may be able to later, and a copy may do until then. */
public final class UnreachableException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The message begins after the module's name. */
    public UnreachableException(String problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}

package dev.proxywasm.internal.engine;

import org.jspecify.annotations.Nullable;

/** The engine cannot do what was asked: an invalid module, a limit reached, no engine for this platform. */
public final class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The message names the module or setting and the cure. */
    public EngineException(String message) {
        this(message, null);
    }

    /** As above, with what the binding said. */
    public EngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

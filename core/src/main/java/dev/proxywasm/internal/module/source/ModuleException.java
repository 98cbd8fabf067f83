package dev.proxywasm.internal.module.source;

import org.jspecify.annotations.Nullable;

/** A module cannot be used. The message begins after the module's name: whoever knows plugin and address puts them before it. */
public final class ModuleException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With the exception that was the cause. */
    public ModuleException(String problem, @Nullable Throwable cause) {
        super(problem, cause);
    }

    /** Without another cause. */
    public ModuleException(String problem) {
        this(problem, null);
    }
}

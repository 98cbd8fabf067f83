package dev.proxywasm.internal.module;

import org.jspecify.annotations.Nullable;

/** A module cannot be used. The message begins after the module's name; {@link ModuleLoader} adds plugin and address. */
public final class ModuleException extends Exception {

    private static final long serialVersionUID = 1L;

    ModuleException(String problem, @Nullable Throwable cause) {
        super(problem, cause);
    }

    ModuleException(String problem) {
        this(problem, null);
    }
}

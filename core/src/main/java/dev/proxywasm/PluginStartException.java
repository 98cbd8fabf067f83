package dev.proxywasm;

import org.jspecify.annotations.Nullable;

/** A plugin's module was loaded but did not start: a start function trapped, or vm_start or configure refused. */
public final class PluginStartException extends ProxyWasmException {

    private static final long serialVersionUID = 1L;

    /** With the cause where another error brought it up. */
    public PluginStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Without a cause. */
    public PluginStartException(String message) {
        this(message, null);
    }
}

package dev.proxywasm;

import org.jspecify.annotations.Nullable;

/** A plugin's module cannot be used: not found, wrong digest, not WebAssembly, no known ABI version, or beyond a limit. */
public final class PluginLoadException extends ProxyWasmException {

    private static final long serialVersionUID = 1L;

    /** With the cause where another error brought it up. */
    public PluginLoadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Without a cause. */
    public PluginLoadException(String message) {
        this(message, null);
    }
}

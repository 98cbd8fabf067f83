package dev.proxywasm;

import org.jspecify.annotations.Nullable;

/** A configuration cannot be used: an unknown key, a bad value, a file that is missing. Names the file, the key and what was expected. */
public final class ConfigurationException extends ProxyWasmException {

    private static final long serialVersionUID = 1L;

    /** With the cause where another error brought it up. */
    public ConfigurationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Without a cause. */
    public ConfigurationException(String message) {
        this(message, null);
    }
}

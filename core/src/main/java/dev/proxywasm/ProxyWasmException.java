package dev.proxywasm;

import org.jspecify.annotations.Nullable;

/** Something went wrong that the host's caller has to know; the message names the thing, the place and, where there is one, the cure. */
public sealed class ProxyWasmException extends RuntimeException
        permits ConfigurationException, PluginLoadException, PluginStartException {

    private static final long serialVersionUID = 1L;

    ProxyWasmException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.proxywasm.internal.tls;

import org.jspecify.annotations.Nullable;

/** Files of TLS cannot be used. The message names key, file and cure, but not yet the upstream; it has no content of files. */
final class UnusableTlsException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableTlsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.proxywasm.internal.module.archive;

import java.io.IOException;

/** More came out of an archive than may. */
final class UnpackedTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    UnpackedTooLargeException(long limit) {
        super("more than " + limit + " bytes");
    }
}

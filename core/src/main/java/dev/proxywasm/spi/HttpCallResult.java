package dev.proxywasm.spi;

import dev.proxywasm.http.HeaderMap;
import java.nio.ByteBuffer;

/** How an HTTP call ended. */
public sealed interface HttpCallResult {

    /**
     * The server answered, with whatever status.
     *
     * @param headers with {@code :status} first; owned by the receiver
     * @param body whole; owned by the receiver
     * @param trailers empty if there are none, or if the client cannot see them
     */
    record Answer(HeaderMap headers, ByteBuffer body, HeaderMap trailers) implements HttpCallResult {}

    /**
     * There is no answer, or none that can be used.
     *
     * @param reason for the log
     */
    record Failure(String reason) implements HttpCallResult {}
}

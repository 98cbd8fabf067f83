package dev.proxywasm.http;

import java.nio.ByteBuffer;

/**
 * One direction of an exchange as it has left the filter chain so far: what the server may send on.
 *
 * <p>Used by the thread that pushes into the stream.
 */
public interface ReleasedMessage {

    /** Whether the headers have left the chain. */
    boolean hasHeaders();

    /**
     * The headers to send on, fixed from this call on: filters can no longer change them. They may read them, on other threads too, until
     * the stream is closed, so that whoever wants to change them takes a copy.
     *
     * <p>Content-Length has been put right: it is exact when the whole body has been released, and absent when filters may still change
     * the body's size.
     *
     * @throws IllegalStateException if the headers have not been released
     */
    HeaderMap takeHeaders();

    /** The body bytes released since the last call, in order; empty if there are none. The caller owns the buffer. */
    ByteBuffer takeBody();

    /** How many released body bytes have not been taken. */
    int bodyAvailable();

    /** The trailers to send on, empty if there are none or they have not been released. */
    HeaderMap trailers();

    /** Whether everything has been released: the end of the body, and the trailers if there are any. */
    boolean isComplete();
}

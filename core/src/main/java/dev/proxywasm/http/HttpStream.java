package dev.proxywasm.http;

import java.nio.ByteBuffer;

/**
 * One HTTP exchange on its way through the filter chain.
 *
 * <p>The server pushes each part of the request as it arrives, runs the application, pushes each part of the response, and closes the
 * stream. After each push it does what the {@link Outcome} says and takes what the chain has released. Request parts go through the
 * filters in order, response parts in reverse.
 *
 * <pre>
 *   requestHeaders ── requestBody* ── [requestTrailers] ──▶ application
 *                                                               │
 *   close ◀── [responseTrailers] ── responseBody* ── responseHeaders
 *
 *   each direction:   IDLE ──headers──▶ BODY ──body(end) | trailers──▶ ENDED
 *                       └──headers(end)───────────────────────────────▶ ENDED
 *   any push may be answered by Forward, Wait, Reply or Abort
 *   after Reply in the request direction, only the response direction goes on
 *   after Abort, nothing but close is allowed
 * </pre>
 *
 * <p>The two directions may overlap: an application may answer before it has read the whole request.
 *
 * <p>Stack: filters run on the stack of the thread that pushes, waits or closes, and may use 256 KiB of it. A thread of 1 MiB or more has them
 * where a server begins with a request and where it goes on when the application has returned. Within a call that the application makes, a
 * write or a read for instance, nobody knows how deep in its recursion the thread is: there, {@link #requireStack} comes first.
 *
 * <p>Threads: one thread at a time may call these methods; it need not always be the same. Filters may resume or answer the stream from
 * other threads at any time: the stream sees to that itself. A part pushed in a state that does not allow it throws
 * {@link IllegalStateException} with both names.
 */
public interface HttpStream extends AutoCloseable {

    /**
     * Whether any filter is for the exchange; if not, the server may close the stream at once and let the exchange go by as if there were
     * no chain.
     */
    default boolean hasFilters() {
        return true;
    }

    /** Whether any filter looks at request bodies; if not, the server need not push the request's body and trailers. */
    boolean wantsRequestBody();

    /** Whether any filter looks at response bodies; if not, the server need not push the response's body and trailers. */
    boolean wantsResponseBody();

    /** How many bytes of a request body the server may gather before it starts the application. */
    int requestBodyBuffer();

    /** How many bytes of a response body may be held. */
    int responseBodyBuffer();

    /**
     * Makes sure that the calling thread has stack enough for what it is about to push, wait for or close. To be called before anything is
     * changed, in every method of the server's that an application calls and that does one of these. It costs some tenths of a microsecond,
     * and nothing where no filter is for the exchange. Any thread.
     *
     * <p>A filter that recurses for ever kills the JVM if it is entered on the engine {@code wasmtime} with too little stack left.
     *
     * @throws StackOverflowError if there is not enough: the application's, which has used up the rest. Nothing has been done then
     */
    void requireStack();

    /**
     * Pushes the request's headers: the map that the stream was opened with.
     *
     * @param endOfStream whether neither body nor trailers follow
     */
    Outcome requestHeaders(boolean endOfStream);

    /**
     * Pushes a part of the request's body.
     *
     * @param chunk consumed; not retained
     * @param endOfStream whether it is the last, and no trailers follow
     */
    Outcome requestBody(ByteBuffer chunk, boolean endOfStream);

    /** Pushes the request's trailers, which end it. */
    Outcome requestTrailers(HeaderMap trailers);

    /** The request as it leaves the chain. */
    ReleasedMessage request();

    /**
     * Pushes the response's headers.
     *
     * @param headers with {@code :status} first; owned by the stream from here on
     * @param endOfStream whether neither body nor trailers follow: also for HEAD, 204 and 304
     */
    Outcome responseHeaders(HeaderMap headers, boolean endOfStream);

    /**
     * Pushes a part of the response's body.
     *
     * @param chunk consumed; not retained
     * @param endOfStream whether it is the last, and no trailers follow
     */
    Outcome responseBody(ByteBuffer chunk, boolean endOfStream);

    /** Pushes the response's trailers, which end it. */
    Outcome responseTrailers(HeaderMap trailers);

    /** The response as it leaves the chain. */
    ReleasedMessage response();

    /**
     * Ends the exchange, however it went: every filter that saw a part of it is told so (done, log, delete), exactly once. Calling it
     * again does nothing. Must be called for every stream.
     */
    @Override
    void close();
}

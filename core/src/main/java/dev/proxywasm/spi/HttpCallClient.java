package dev.proxywasm.spi;

import java.util.function.Consumer;

/**
 * Makes the HTTP calls that plugins ask for. The artifact {@code proxy-wasm-http-client} has one, found by
 * {@link java.util.ServiceLoader} when it is on the class path; without any, the host uses the JDK's. The host found the upstream and
 * watches the time-out, so that a client only has to speak HTTP.
 *
 * <p>Safe for use by several threads.
 */
public interface HttpCallClient extends AutoCloseable {

    /**
     * Starts a call and returns at once: the caller holds a lock.
     *
     * @param call what to send, and where
     * @param whenDone gets exactly one result, unless the call is cancelled; on any thread, at any time; does not block
     * @throws CalloutRefusedException if it cannot be sent as it is; {@code whenDone} then gets nothing
     */
    Callout start(HttpCall call, Consumer<HttpCallResult> whenDone);

    /**
     * Whether this client sends the trailers of calls and shows those of answers; a plugin that gives any is warned otherwise.
     * The default is yes.
     */
    default boolean supportsTrailers() {
        return true;
    }

    /** Gives up all calls and releases everything. */
    @Override
    void close();
}

package dev.proxywasm.spi;

/** Calls a guest back after a {@link ForeignFunction} has returned. Safe for use by several threads, at any time, as often as wanted. */
@FunctionalInterface
public interface ForeignCallback {

    /**
     * Lets the guest's {@code proxy_on_foreign_function} be called soon, on a thread of the host, in the context that made the call.
     * Does nothing if the context or its VM has ended by then, or the guest does not have the callback.
     *
     * @param functionId what tells the guest which function answers
     * @param arguments what it reads from buffer 8; handed over
     */
    void invoke(int functionId, byte[] arguments);
}

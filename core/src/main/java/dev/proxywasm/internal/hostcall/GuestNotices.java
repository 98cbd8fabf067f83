package dev.proxywasm.internal.hostcall;

/** Events for a VM that come from outside of it: each becomes a callback soon, on a thread of the host. Safe for use by several threads. */
public interface GuestNotices {

    /** A value was appended to a queue that the VM registered. */
    void queueReady(int queueId);

    /** A foreign function answers; the callback is made if the context still lives. */
    void foreignFunction(int contextId, int functionId, byte[] arguments);
}

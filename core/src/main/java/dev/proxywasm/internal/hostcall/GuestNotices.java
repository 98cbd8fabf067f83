package dev.proxywasm.internal.hostcall;

import java.util.function.IntConsumer;

/** Events for a VM that come from outside of it: each becomes a callback soon, on a thread of the host. Safe for use by several threads. */
public interface GuestNotices {

    /** Who is told of each value in a queue that the VM registered, by the queue's id: one a VM, which the host unregisters at the VM's end. */
    IntConsumer queueListener();

    /** A foreign function answers; the callback is made if the context still lives. */
    void foreignFunction(int contextId, int functionId, byte[] arguments);
}

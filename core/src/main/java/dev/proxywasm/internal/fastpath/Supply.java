package dev.proxywasm.internal.fastpath;

import dev.proxywasm.internal.engine.HostcallFrame;

/**
 * One sort of thing that the code in the sandbox answers from. Laying things out takes time, so it is done only for kinds of callbacks
 * whose guests ask: the first question crosses, and is remembered here. Confined to the VM.
 */
@FunctionalInterface
interface Supply {

    /**
     * Takes note of a hostcall that crosses, before it is answered.
     *
     * @param kind the kind of callback that makes it
     * @param frame its arguments, unchecked
     */
    void asked(int kind, HostcallFrame frame);
}

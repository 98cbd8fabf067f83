package dev.proxywasm.internal.callout;

import dev.proxywasm.PluginCounter;
import dev.proxywasm.internal.callback.Callback;

/** The VM that callouts belong to, as they see it. */
public interface CalloutVm {

    /**
     * Does something under the VM's lock when the VM can be entered, behind what was posted before, unless the VM is over by then. A trap of
     * the guest meanwhile ends the VM and is no concern of the caller. Any thread; does not block.
     */
    void post(Runnable action);

    /** Makes a callback in the root context, whose number is the first argument. To be called by what was posted. */
    void call(Callback callback, int token, int first, int second, int third);

    /** Counts something about callouts. Any thread. */
    void count(PluginCounter counter);

    /** Warns, at most a few times a minute, of a callout that failed. To be called under the VM's lock. */
    void warn(String problem);
}

package dev.proxywasm;

/** Whether a plugin can be asked. What requests meet while it cannot is its {@link FailurePolicy}. */
public enum PluginState {
    /** At least one of its VMs takes requests. */
    RUNNING,
    /** It has no VM; one is being started, and requests wait for it. */
    STARTING,
    /** It has no VM after a trap or a failed start; the next request starts one. */
    IDLE,
    /** It has no VM, and none is started yet: it failed several times in a row. */
    DOWN,
    /** Its module could not be loaded, and its policy is {@link FailurePolicy#OPEN}: requests pass without it as long as the host lives. */
    LEFT_OUT,
    /** The host is closed. */
    CLOSED
}

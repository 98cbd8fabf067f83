package dev.proxywasm;

/** What becomes of a request when a plugin cannot judge it: it failed to load or start, trapped, or ran out of time. */
public enum FailurePolicy {
    /** The request is refused with status 503: nothing passes unjudged. The default. */
    CLOSED,
    /** The request passes as if the plugin were not there. */
    OPEN
}

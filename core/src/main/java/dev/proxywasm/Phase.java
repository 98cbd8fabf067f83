package dev.proxywasm;

/** Where in the chain a plugin stands; earlier constants see a request first. Istio's insertion points. */
public enum Phase {
    /** Establishes who calls. */
    AUTHN,
    /** Decides whether the caller may. */
    AUTHZ,
    /** Counts and reports. */
    STATS,
    /** Anything else, last before the application. The default. */
    UNSPECIFIED
}

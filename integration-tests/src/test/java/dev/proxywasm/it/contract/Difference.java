package dev.proxywasm.it.contract;

/** A way in which a server differs from the others so that an adapter cannot make it the same: asserted as it is, and in docs/SERVERS.md. */
public enum Difference {

    /** The page of an exception goes out without the headers that plugins have set. */
    EXCEPTION_CLEARS_HEADERS
}

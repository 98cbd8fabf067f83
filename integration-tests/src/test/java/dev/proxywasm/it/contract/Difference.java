package dev.proxywasm.it.contract;

/** A way in which a server differs from the others so that an adapter cannot make it the same: asserted as it is, and in docs/SERVERS.md. */
public enum Difference {

    /** The page of an exception goes out without the headers that plugins have set, unless the application has a page of its own. */
    EXCEPTION_CLEARS_HEADERS,

    /** The client cannot tell a response whose application fails half-way from a complete one. */
    FAILED_RESPONSE_ENDS_WELL,

    /** Trailers of a response are not sent. */
    NO_RESPONSE_TRAILERS,

    /** The cookie of a new session is added so late that no plugin sees it. */
    SESSION_COOKIE_COMES_LATE,

    /** A connection that a servlet upgrades to another protocol ends before its handler reads from it, with or without a filter. */
    UPGRADED_CONNECTION_ENDS,

    /** The parts of a form can be read though a plugin looks at bodies; elsewhere the application is told why they cannot. */
    PARTS_PASS_PLUGINS
}

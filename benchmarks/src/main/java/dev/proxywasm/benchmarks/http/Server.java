package dev.proxywasm.benchmarks.http;

/** A running server with {@link HelloServlet} on a loopback port. */
interface Server extends AutoCloseable {

    /** Where it listens. */
    int port();

    /** Stops it; one that does not stop is an {@link IllegalStateException}. */
    @Override
    void close();
}

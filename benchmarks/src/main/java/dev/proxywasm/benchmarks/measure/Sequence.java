package dev.proxywasm.benchmarks.measure;

/**
 * One request through a filter: create, request headers, response headers, done, log, delete.
 *
 * <p>Used by one thread.
 */
@FunctionalInterface
public interface Sequence {

    /** Runs it; tells whether the response then had the header that the filter adds. */
    boolean run();
}

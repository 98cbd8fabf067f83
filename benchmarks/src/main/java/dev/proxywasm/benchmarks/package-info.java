/**
 * Measures the host: {@link dev.proxywasm.benchmarks.Quick} compares the ways to run a filter, and servers with and without one.
 *
 * <p>May depend on everything; nothing depends on it but the peer's half of the comparison.
 */
@NullMarked
package dev.proxywasm.benchmarks;

import org.jspecify.annotations.NullMarked;

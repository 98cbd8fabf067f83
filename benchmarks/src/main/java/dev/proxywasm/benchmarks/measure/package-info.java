/**
 * How figures are taken and printed: {@link dev.proxywasm.benchmarks.measure.Rounds} takes them,
 * {@link dev.proxywasm.benchmarks.measure.Report} prints them.
 *
 * <p>Used in the JVM of our host and in that of the peer; may depend on the JDK alone.
 */
@NullMarked
package dev.proxywasm.benchmarks.measure;

import org.jspecify.annotations.NullMarked;

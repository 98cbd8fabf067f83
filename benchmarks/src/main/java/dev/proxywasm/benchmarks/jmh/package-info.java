/** JMH benchmarks of the host; {@code benchmarks/run.sh jmh} runs them. */
@NullMarked
package dev.proxywasm.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;

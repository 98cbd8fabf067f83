/** Measurements of the host's hot paths with JMH. */
@NullMarked
package dev.proxywasm.benchmarks;

import org.jspecify.annotations.NullMarked;

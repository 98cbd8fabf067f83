/**
 * Whole servers under load: nothing in front of a servlet, a filter in Java, and our filter with a guest.
 * {@link dev.proxywasm.benchmarks.http.HttpComparison} is the way in.
 */
@NullMarked
package dev.proxywasm.benchmarks.http;

import org.jspecify.annotations.NullMarked;

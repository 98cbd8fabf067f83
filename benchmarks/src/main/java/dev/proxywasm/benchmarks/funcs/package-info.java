/**
 * The straightforward way to embed WebAssembly, as a yardstick: one {@code Func} of the binding per import, arguments as {@code Val[]},
 * every hostcall a crossing from native code into Java.
 *
 * <p>Just enough of a host to run the filters that are measured: {@link dev.proxywasm.benchmarks.funcs.FuncSequence} is the way in. May
 * depend on the binding and on {@code HeaderMap}, not on the host proper.
 */
@NullMarked
package dev.proxywasm.benchmarks.funcs;

import org.jspecify.annotations.NullMarked;

/**
 * The engine on the JVM: guests are translated to Java bytecode, by Endive, which this package alone names and which is optional.
 *
 * <p>To enter a guest costs no more than a method call, and its hostcalls go straight to Java, so nothing of the host's is put into the
 * sandbox. What {@code engine.wasmtime} gets from native code is done here in Java: time runs out by an interrupt ({@code EntryTime}), memory
 * lies in the heap and is bounded, for each guest by {@code HeapShare} and for all by {@code HeapBudget}, and a hostcall is let through only
 * where the stack has room for it ({@code StackRoom}).
 *
 * <p>Main types: {@link dev.proxywasm.internal.engine.jvm.JvmEngine}; {@code JvmModule}, {@code JvmInstance}.
 *
 * <p>May depend on {@code internal.engine}, {@code internal.engine.shared}, {@code internal.wasm}, Endive and ASM.
 */
@NullMarked
package dev.proxywasm.internal.engine.jvm;

import org.jspecify.annotations.NullMarked;

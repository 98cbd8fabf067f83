/**
 * Plain WebAssembly, without a word of Proxy-Wasm: compile a module, instantiate it, call it, read its memory, survive its traps.
 *
 * <p>Main types: {@link dev.proxywasm.internal.engine.WasmEngine}, {@link dev.proxywasm.internal.engine.CompiledModule},
 * {@link dev.proxywasm.internal.engine.WasmInstance}, {@link dev.proxywasm.internal.engine.GuestMemory}. An implementation lives in a
 * package of its own and is the only place that may name its native binding; the rest of the host sees these interfaces alone.
 *
 * <p>{@link dev.proxywasm.internal.engine.StackRoom} is what engines want of the threads that enter.
 *
 * <p>May depend on {@code internal.wasm} (what a module declares) and on nothing else of ours.
 */
@NullMarked
package dev.proxywasm.internal.engine;

import org.jspecify.annotations.NullMarked;

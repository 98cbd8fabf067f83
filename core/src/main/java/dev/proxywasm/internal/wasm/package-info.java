/**
 * Reads and rewrites a WebAssembly binary module, without an engine.
 *
 * <p>The host needs three things that its engine binding does not give: what a module exports and with which signatures,
 * an upper bound on what its memory and tables may grow to, and a start function that runs when the host says so.
 * {@link dev.proxywasm.internal.wasm.ModuleFormat} tells what some bytes are,
 * {@link dev.proxywasm.internal.wasm.ModuleReader} turns a binary module into a
 * {@link dev.proxywasm.internal.wasm.ModuleInfo}, and {@link dev.proxywasm.internal.wasm.ModuleRewriter} returns a module
 * that obeys {@link dev.proxywasm.internal.wasm.RewriteLimits}. For the native engine,
 * {@link dev.proxywasm.internal.wasm.Checkpoints} makes sure that it looks at the time often enough.
 *
 * <p>The bytes come from strangers. Work and memory are linear in their number whatever counts they declare, and every
 * refusal is a {@link dev.proxywasm.internal.wasm.ModuleRejectedException} that says where and why. What instructions and
 * initial values do is not looked into: validating them is the engine's task.
 *
 * <p>May depend on nothing but the JDK.
 */
@NullMarked
package dev.proxywasm.internal.wasm;

import org.jspecify.annotations.NullMarked;

/**
 * The engine on Wasmtime, and the only package that names its Java binding.
 *
 * <p>Calls through the binding cost in their number and their arguments, so a guest is not linked to Java functions. Three instances share
 * a store: H, the host module ({@code host.wat}), which answers the guest's imports and has a memory, the mailbox, that Java reads and
 * writes directly; G, the guest; and L, the lens ({@code lens.wat}), which reaches into the guest for H. Java enters by functions without
 * arguments, and is called by one without arguments.
 *
 * <p>Main types: {@link dev.proxywasm.internal.engine.wasmtime.WasmtimeEngine}; {@code Mailbox} (the layout), {@code GuestLinker} (the
 * wiring), {@code WasmtimeInstance} (the way in), {@code BridgeFunction} (the way out), {@code LinearMemory} (the guest's memory).
 *
 * <p>May depend on {@code internal.engine}, {@code internal.wasm}, {@code internal.files} and the binding.
 */
@NullMarked
package dev.proxywasm.internal.engine.wasmtime;

import org.jspecify.annotations.NullMarked;

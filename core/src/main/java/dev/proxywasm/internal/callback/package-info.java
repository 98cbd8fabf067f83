/**
 * Host to guest: every function that a module may export for the host to call.
 *
 * <p>Main types: {@link dev.proxywasm.internal.callback.Callback} (a row), {@link dev.proxywasm.internal.callback.GuestExports} (those
 * that one module has). May depend on {@code abi} and {@code internal.wasm}.
 */
@NullMarked
package dev.proxywasm.internal.callback;

import org.jspecify.annotations.NullMarked;

/**
 * Guest to host: every function that a module may import, as a row of data with its handler.
 *
 * <p>Main types: {@link dev.proxywasm.internal.hostcall.HostFunction} (a row), {@link dev.proxywasm.internal.hostcall.HostcallTable} (all
 * rows, in the order of the specification), {@link dev.proxywasm.internal.hostcall.LinkedHostcalls} (the rows that one module imports,
 * and the one door through which it calls them), {@link dev.proxywasm.internal.hostcall.GuestCall} (the arguments and results of one
 * call), {@code PlainCall} (the same of a plain case, which the JVM's engine has answered faster). One class a concern holds the handlers: {@code *Hostcalls} for Proxy-Wasm, {@code Wasi*} for WASI.
 *
 * <p>May depend on {@code abi}, {@code http}, {@code spi}, {@code internal.codec}, {@code internal.context}, {@code
 * internal.foreign}, {@code internal.service}, {@code internal.wasm}, the configuration model and the interfaces of {@code internal.engine}.
 */
@NullMarked
package dev.proxywasm.internal.hostcall;

import org.jspecify.annotations.NullMarked;

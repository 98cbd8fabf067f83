/**
 * Fetches modules: from the address that a plugin names to a WebAssembly binary that was checked for size, digest and kind.
 *
 * <p>{@link dev.proxywasm.internal.module.ModuleLoader} is the way in. {@code ModuleSources} leads from an address to a source: here on
 * this machine, in {@code http} and {@code oci} elsewhere; {@code archive} unpacks, {@code cache} keeps. {@code WebAssemblyText}
 * translates the text format, if the library for that is present. What is inside a binary is not looked at here.
 *
 * <p>May depend on {@code dev.proxywasm}, the packages below it, {@code dev.proxywasm.internal.wasm}, {@code dev.proxywasm.internal.files} and the JDK; one class alone names the
 * optional library.
 */
@NullMarked
package dev.proxywasm.internal.module;

import org.jspecify.annotations.NullMarked;

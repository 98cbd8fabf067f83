/**
 * Foreign functions: the registry of what guests call by name, and the functions that are built in.
 *
 * <p>Main types: {@link dev.proxywasm.internal.foreign.ForeignFunctions} (the registry), {@link
 * dev.proxywasm.internal.foreign.BuiltInFunctions} (the list of what is always there). Each function is written to {@code spi} alone, as an
 * embedder's would be.
 *
 * <p>May depend on {@code abi}, {@code spi} and {@code internal.codec}.
 */
@NullMarked
package dev.proxywasm.internal.foreign;

import org.jspecify.annotations.NullMarked;

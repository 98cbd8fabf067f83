/**
 * What an embedder builds, configures and closes: the Proxy-Wasm host and its plugins.
 *
 * <p>May depend on {@code dev.proxywasm.abi}, {@code .http}, {@code .spi} and, for its own construction only, on
 * {@code dev.proxywasm.internal}. Names no server and no Wasm engine.
 */
@NullMarked
package dev.proxywasm;

import org.jspecify.annotations.NullMarked;

/**
 * The closed vocabularies of the Proxy-Wasm ABI as enums with their numbers.
 *
 * <p>Source: Proxy-Wasm ABI specification 0.2.1, "Types", and the numbers that Envoy adds. Depends on nothing.
 */
@NullMarked
package dev.proxywasm.abi;

import org.jspecify.annotations.NullMarked;

/**
 * Bytes to values and back, as the ABI lays them out: pure functions without an engine, a context or a state.
 *
 * <p>Main types: {@link dev.proxywasm.internal.codec.MapCodec}, {@link dev.proxywasm.internal.codec.PropertyPath},
 * {@link dev.proxywasm.internal.codec.ProtoFields}. Depends on nothing of
 * ours but {@code http.HeaderMap}.
 */
@NullMarked
package dev.proxywasm.internal.codec;

import org.jspecify.annotations.NullMarked;

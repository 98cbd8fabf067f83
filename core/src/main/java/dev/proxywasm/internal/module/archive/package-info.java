/**
 * Unpacks modules that come packed, in memory and within limits. Names in archives are compared and shown, and never become a path.
 *
 * <p>{@link dev.proxywasm.internal.module.archive.Unpacker} is the way in. May depend on {@code internal.module.source},
 * {@code internal.wasm} and the JDK.
 */
@NullMarked
package dev.proxywasm.internal.module.archive;

import org.jspecify.annotations.NullMarked;

/**
 * Keeps modules that were fetched from other servers, between starts and for all processes of a user.
 *
 * <p>A module's name is the digest of its bytes, and is checked whenever it is read. References say which module an address or a manifest
 * led to. Main types: {@link dev.proxywasm.internal.module.cache.ModuleCache}, {@link dev.proxywasm.internal.module.cache.DirectoryCache}.
 * May depend on {@code internal.files}, {@code internal.module.source} and the JDK.
 */
@NullMarked
package dev.proxywasm.internal.module.cache;

import org.jspecify.annotations.NullMarked;

/**
 * Contexts: what a hostcall acts on, identified to the guest by a number.
 *
 * <p>Main types: {@link dev.proxywasm.internal.context.Context}, of which the VM, the plugin (root context) and each HTTP exchange (stream
 * context) are kinds, and {@link dev.proxywasm.internal.context.ContextRegistry}, which knows the live ones of a VM and which of them is
 * active. Everything here is confined to a VM and used under its lock.
 *
 * <p>May depend on {@code abi}, {@code http}, {@code internal.codec} and the configuration model.
 */
@NullMarked
package dev.proxywasm.internal.context;

import org.jspecify.annotations.NullMarked;

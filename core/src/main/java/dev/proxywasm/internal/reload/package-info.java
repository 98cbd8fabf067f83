/**
 * Notices that something changed while a host runs.
 *
 * <p>{@link dev.proxywasm.internal.reload.FileState} is what files look like at one moment;
 * {@link dev.proxywasm.internal.reload.ChangeWatch} compares it with what they looked like before, when the system tells of a change and
 * every now and then, and has the host reload.
 *
 * <p>May depend on {@code dev.proxywasm} (its configuration) and the JDK.
 */
@NullMarked
package dev.proxywasm.internal.reload;

import org.jspecify.annotations.NullMarked;

/**
 * Which engine a module gets: what a plugin asks for, what suits the module, what there is on this platform.
 *
 * <p>Main type: {@link dev.proxywasm.internal.engine.choice.Engines}.
 *
 * <p>May depend on the root ({@code Engine}), {@code internal.engine} and the packages of the engines, which nothing else does.
 */
@NullMarked
package dev.proxywasm.internal.engine.choice;

import org.jspecify.annotations.NullMarked;

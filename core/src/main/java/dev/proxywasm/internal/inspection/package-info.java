/**
 * Finds out what a module is, for {@link dev.proxywasm.module.ModuleInspection}.
 *
 * <p>Main types: {@link dev.proxywasm.internal.inspection.ModuleInspector} (everything), {@code Toolchain} (what a module was built with).
 * May depend on {@code dev.proxywasm.module} and on every package that takes part in loading a module.
 */
@NullMarked
package dev.proxywasm.internal.inspection;

import org.jspecify.annotations.NullMarked;

/**
 * What a module is, before it is used: {@link dev.proxywasm.module.ModuleInspection}.
 *
 * <p>May depend on {@code dev.proxywasm}, {@code dev.proxywasm.abi}, and on {@code internal} for its own construction only.
 */
@NullMarked
package dev.proxywasm.module;

import org.jspecify.annotations.NullMarked;

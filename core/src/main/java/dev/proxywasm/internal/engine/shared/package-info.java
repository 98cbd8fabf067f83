/**
 * What the engines have in common: which modules are admitted, who may enter an instance, how hostcalls get out, how time runs out.
 *
 * <p>Main types: {@link dev.proxywasm.internal.engine.shared.AdmittedModule},
 * {@link dev.proxywasm.internal.engine.shared.GuardedInstance}, {@link dev.proxywasm.internal.engine.shared.HostcallDoor},
 * {@link dev.proxywasm.internal.engine.shared.Ticker}.
 *
 * <p>May depend on {@code internal.engine} and {@code internal.wasm}.
 */
@NullMarked
package dev.proxywasm.internal.engine.shared;

import org.jspecify.annotations.NullMarked;

/**
 * The fast path: hostcalls that filters make all the time, answered inside the sandbox without crossing to Java.
 *
 * <p>The code is {@code region.wat} and its siblings, which the engine runs beside the guest;
 * {@link dev.proxywasm.internal.fastpath.FastPath} is its Java side, one a VM: it lays out what the code may answer from before the guest is entered, and does what the code noted in its journal
 * at every crossing and after every entry, so that effects keep their order. {@link dev.proxywasm.internal.fastpath.FastPathRegion} is the
 * memory between the two, {@link dev.proxywasm.internal.fastpath.FastPathLayout} its layout, and each
 * {@link dev.proxywasm.internal.fastpath.Supply} one sort of thing that is laid out there.
 *
 * <p>On the JVM, where guests are in Java already, the plain cases stand beside the handlers: {@code internal.hostcall.PlainHeaders}.
 *
 * <p>Only the plain case is answered there. Everything else crosses, and the handlers of {@code internal.hostcall} answer as if the fast
 * path did not exist.
 *
 * <p>May depend on {@code abi}, {@code http}, {@code internal.context}, {@code internal.codec}, {@code internal.service},
 * {@code internal.engine} and {@code internal.wasm}.
 */
@NullMarked
package dev.proxywasm.internal.fastpath;

import org.jspecify.annotations.NullMarked;

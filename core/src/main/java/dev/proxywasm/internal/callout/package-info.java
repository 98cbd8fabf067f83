/**
 * Callouts: HTTP and gRPC calls that a guest makes and names that it has resolved, whose answers come back as callbacks.
 *
 * <p>Main types: {@link dev.proxywasm.internal.callout.Callouts} (the calls of one VM),
 * {@link dev.proxywasm.internal.callout.CalloutServices} (what the VMs of a host share for them) and
 * {@link dev.proxywasm.internal.callout.CalloutView} (what the guest sees of an answer). An answer is never delivered inside the hostcall
 * that asked for it: it is posted, and waits until the VM can be entered.
 *
 * <p>May depend on {@code abi}, {@code http}, {@code spi}, the configuration model, and {@code internal.callback}, {@code .codec} and
 * {@code .context}.
 */
@NullMarked
package dev.proxywasm.internal.callout;

import org.jspecify.annotations.NullMarked;

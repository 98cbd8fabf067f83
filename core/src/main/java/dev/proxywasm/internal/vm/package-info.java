/**
 * Plugins at work: their VMs, how many, how they start, who may enter them, how long they may run, and what happens when they fail.
 *
 * <p>Main types: {@link dev.proxywasm.internal.vm.VmPool} (the VMs of one plugin), {@link dev.proxywasm.internal.vm.Vm} (one instance with
 * its root context, guarded by one lock), {@link dev.proxywasm.internal.vm.GuestInvoker} (the one frame around every callback).
 *
 * <p>Locks: a VM's lock is held while guest code runs, and never while anything else does that can take long. A pool's lock is held for
 * bookkeeping only, may be taken under a VM's lock, and never the other way round.
 *
 * <p>May depend on everything below: {@code callback}, {@code hostcall}, {@code context}, {@code engine}.
 */
@NullMarked
package dev.proxywasm.internal.vm;

import org.jspecify.annotations.NullMarked;

package dev.proxywasm.internal.vm;

import dev.proxywasm.NodeConfig;
import dev.proxywasm.internal.callout.CalloutServices;
import dev.proxywasm.internal.service.SharedServices;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * What the VMs of a host share.
 *
 * @param clock the wall clock that guests read
 * @param nanoTime the clock that measures time-outs and back-off, in nanoseconds
 * @param scheduler keeps the time: what it runs never waits for a guest; owned by the host
 * @param workers run what may wait for a guest; owned by the host
 * @param shared data, queues, metrics and foreign functions
 * @param callouts whom guests may call, and how
 * @param node what the host calls itself
 */
public record HostServices(
        InstantSource clock,
        LongSupplier nanoTime,
        ScheduledExecutorService scheduler,
        Executor workers,
        SharedServices shared,
        CalloutServices callouts,
        NodeConfig node) {

    /** The same for VMs that call others, in a host that calls itself something else. */
    public HostServices with(CalloutServices otherCallouts, NodeConfig otherNode) {
        return new HostServices(clock, nanoTime, scheduler, workers, shared, otherCallouts, otherNode);
    }
}

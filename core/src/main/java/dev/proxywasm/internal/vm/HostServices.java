package dev.proxywasm.internal.vm;

import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * What the VMs of a host share.
 *
 * @param clock the wall clock that guests read
 * @param nanoTime the clock that measures time-outs and back-off, in nanoseconds
 * @param scheduler runs ticks, restarts and deadlines; owned by the host
 */
public record HostServices(InstantSource clock, LongSupplier nanoTime, ScheduledExecutorService scheduler) {}

/**
 * What the VMs of one host share: the defaults of the services in {@code dev.proxywasm.spi}, and the metrics.
 *
 * <p>Main types: {@link dev.proxywasm.internal.service.SharedServices} (all of them), {@link
 * dev.proxywasm.internal.service.InMemorySharedData}, {@link dev.proxywasm.internal.service.InMemorySharedQueues}, {@link
 * dev.proxywasm.internal.service.MetricRegistry}. All are safe for use by several threads and live as long as the host.
 *
 * <p>May depend on {@code abi}, {@code spi}, {@code internal.foreign} and {@code ServiceLimits}.
 */
@NullMarked
package dev.proxywasm.internal.service;

import org.jspecify.annotations.NullMarked;

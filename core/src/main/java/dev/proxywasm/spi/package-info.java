/**
 * Services that an embedder may replace or add to, one small interface each. The host has a default for every one but gRPC calls.
 *
 * <p>Main types: {@link dev.proxywasm.spi.HttpCallClient} and {@link dev.proxywasm.spi.GrpcCallClient}, which make the calls that plugins
 * ask for, {@link dev.proxywasm.spi.SharedData}, {@link dev.proxywasm.spi.SharedQueues}, {@link dev.proxywasm.spi.MetricSink},
 * {@link dev.proxywasm.spi.ForeignFunction}. They are given to {@code ProxyWasm.builder()} and called on the threads that run guests, most
 * of them while a guest waits under its lock: whatever they do must be quick and must not block.
 *
 * <p>May depend on {@code dev.proxywasm.abi} and {@code dev.proxywasm.http} only.
 */
@NullMarked
package dev.proxywasm.spi;

import org.jspecify.annotations.NullMarked;

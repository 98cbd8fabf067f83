/**
 * gRPC calls of plugins, over grpc-java's Netty transport. Being on the class path is enough.
 *
 * <p>Main type: {@link dev.proxywasm.grpc.NettyGrpcCallClient}, found by {@link java.util.ServiceLoader}.
 *
 * <p>May depend on {@code dev.proxywasm.spi} and {@code dev.proxywasm.http}.
 */
@NullMarked
package dev.proxywasm.grpc;

import org.jspecify.annotations.NullMarked;

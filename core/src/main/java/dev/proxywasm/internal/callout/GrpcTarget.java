package dev.proxywasm.internal.callout;

import dev.proxywasm.http.HeaderMap;
import java.nio.ByteBuffer;

/**
 * Whom a gRPC call is for, and what it asks.
 *
 * @param upstream the guest's name for it, or Envoy's {@code GrpcService} message in its binary form
 * @param service full name of the service
 * @param method name of the method
 * @param metadata to be sent first; taken over
 */
public record GrpcTarget(ByteBuffer upstream, String service, String method, HeaderMap metadata) {}

package dev.proxywasm.internal.callout;

import dev.proxywasm.internal.codec.MalformedMessageException;
import dev.proxywasm.internal.codec.ProtoFields;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads the one field that matters out of Envoy's {@code envoy.config.core.v3.GrpcService}.
 *
 * <pre>
 *   GrpcService { 1: EnvoyGrpc envoy_grpc { 1: string cluster_name } ... }
 * </pre>
 */
final class GrpcServiceProto {

    private static final int ENVOY_GRPC = 1;
    private static final int CLUSTER_NAME = 1;

    private GrpcServiceProto() {}

    /** The name of the cluster, if the bytes are such a message and name one. */
    static Optional<String> clusterName(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.duplicate().get(bytes);
        try {
            ProtoFields envoyGrpc = ProtoFields.parse(ProtoFields.parse(bytes).bytes(ENVOY_GRPC));
            return Optional.of(envoyGrpc.string(CLUSTER_NAME)).filter(name -> !name.isEmpty());
        } catch (MalformedMessageException notThisMessage) {
            // Then the bytes are a plain name; there is no other way to tell the two apart.
            return Optional.empty();
        }
    }
}

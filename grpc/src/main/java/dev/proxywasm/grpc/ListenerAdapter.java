package dev.proxywasm.grpc;

import dev.proxywasm.spi.GrpcListener;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What grpc-java tells, in the host's terms. */
final class ListenerAdapter extends ClientCall.Listener<byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.callout");

    private final GrpcListener listener;

    ListenerAdapter(GrpcListener listener) {
        this.listener = listener;
    }

    @Override
    public void onHeaders(Metadata headers) {
        listener.onInitialMetadata(WireMetadata.toHeaders(headers));
    }

    @Override
    public void onMessage(byte[] message) {
        listener.onMessage(ByteBuffer.wrap(message));
    }

    /** The description may come from this side, for example that nobody listens at the port. */
    @Override
    public void onClose(Status status, Metadata trailers) {
        if (status.getCause() != null) {
            LOG.debug("a gRPC call ended with {}", status.getCode(), status.getCause());
        }
        String description = status.getDescription();
        listener.onClose(
                status.getCode().value(), description == null ? "" : description, WireMetadata.toHeaders(trailers));
    }
}

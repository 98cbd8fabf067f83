package dev.proxywasm.grpc;

import dev.proxywasm.spi.GrpcCall;
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

    /** Kept, because its channel lives as long as its TLS does. */
    private final GrpcCall call;

    private final GrpcListener listener;

    ListenerAdapter(GrpcCall call, GrpcListener listener) {
        this.call = call;
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
        String description = status.getDescription() == null ? "" : status.getDescription();
        Throwable cause = status.getCause();
        if (cause != null) {
            LOG.debug("a gRPC call to {} ended with {}", call.upstream(), status.getCode(), cause);
            description += causes(cause);
        }
        listener.onClose(status.getCode().value(), description, WireMetadata.toHeaders(trailers));
    }

    /** All of them: which one tells most depends on who speaks TLS. */
    private static String causes(Throwable failure) {
        StringBuilder causes = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            causes.append("; ").append(cause);
        }
        return causes.toString();
    }
}

package dev.proxywasm.internal.callout;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.spi.CalloutRefusedException;
import java.nio.ByteBuffer;

/** A call of streams. The guest is told of everything, in the order in which it came; the next message is asked for after that. */
final class GrpcStreamCall extends GrpcOutstandingCall {

    private boolean halfClosed;

    GrpcStreamCall(int token, Callouts callouts) {
        super(token, callouts);
    }

    /**
     * Sends a message.
     *
     * @throws CalloutRefusedException if none may follow, or too much is waiting already
     */
    void send(ByteBuffer message, boolean last) {
        if (halfClosed) {
            throw new CalloutRefusedException("gRPC stream " + token() + " was half-closed: nothing more can be sent");
        }
        stream().send(message);
        if (last) {
            halfClose();
        }
    }

    /** Says that no message will follow; the server may still answer. */
    void halfClose() {
        if (!halfClosed) {
            halfClosed = true;
            stream().halfClose();
        }
    }

    @Override
    void initialMetadata(HeaderMap metadata) {
        tellInitialMetadata(metadata);
    }

    @Override
    void message(ByteBuffer message) {
        tellMessage(message);
        if (isOutstanding()) {
            stream().request();
        }
    }

    @Override
    void closed(int status, String message, HeaderMap trailers) {
        tellTrailingMetadata(trailers);
        if (isOutstanding()) {
            end();
            tellClose(status, message);
        }
    }
}

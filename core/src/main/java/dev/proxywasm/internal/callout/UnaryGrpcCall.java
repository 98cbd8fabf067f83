package dev.proxywasm.internal.callout;

import dev.proxywasm.http.HeaderMap;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A unary call: its message counts once the server has said that the call succeeded, and is then all that the guest is told of the end; of
 * a failure it is told by a close.
 */
final class UnaryGrpcCall extends GrpcOutstandingCall {

    private final ByteBuffer question;
    private @Nullable ByteBuffer answer;
    private boolean ambiguous;

    UnaryGrpcCall(int token, Callouts callouts, ByteBuffer question) {
        super(token, callouts);
        this.question = question;
    }

    @Override
    void begin() {
        stream().send(question);
        stream().halfClose();
    }

    @Override
    void initialMetadata(HeaderMap metadata) {
        if (!metadata.isEmpty()) {
            tellInitialMetadata(metadata);
        }
    }

    @Override
    void message(ByteBuffer message) {
        ambiguous = answer != null;
        answer = message;
        stream().request();
    }

    @Override
    void closed(int status, String message, HeaderMap trailers) {
        end();
        ByteBuffer whole = answer;
        if (status != OK) {
            tellClose(status, message);
        } else if (whole == null) {
            tellClose(INTERNAL, "the server sent no message");
        } else if (ambiguous) {
            tellClose(INTERNAL, "the server sent more than one message");
        } else {
            tellMessage(whole);
        }
    }
}

package dev.proxywasm.internal.stream;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.ReleasedMessage;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What has left the chain in one direction, until the server takes it. */
final class Released implements ReleasedMessage {

    private static final HeaderMap NO_TRAILERS = new HeaderMap(0);

    private final Half half;
    private @Nullable BodyBuffer body;
    private boolean hasHeaders;
    private boolean headersTaken;
    private boolean complete;
    private boolean bodyPassed;
    private long bodyBytes;

    Released(Half half) {
        this.half = half;
    }

    void headers(boolean end) {
        hasHeaders = true;
        complete = end;
    }

    void body(ByteBuffer chunk, boolean end) {
        bodyPassed = true;
        bodyBytes += chunk.remaining();
        buffer().append(chunk);
        complete = end;
    }

    void end() {
        complete = true;
    }

    void clear() {
        hasHeaders = false;
        complete = false;
        bodyPassed = false;
        bodyBytes = 0;
        body = null;
    }

    /** How much body has left the chain so far. */
    long bodyBytes() {
        return bodyBytes;
    }

    /** Whether the server has taken the headers: nothing can take their place any more. */
    boolean areHeadersTaken() {
        return headersTaken;
    }

    @Override
    public boolean hasHeaders() {
        return hasHeaders;
    }

    @Override
    public HeaderMap takeHeaders() {
        HeaderMap headers = half.headers();
        if (!hasHeaders || headers == null) {
            throw new IllegalStateException("headers have not been released");
        }
        headersTaken = true;
        repairContentLength(headers);
        return headers;
    }

    /**
     * A body that plugins look at may have another length than it had: the exact one is known once all of it has been released, and until
     * then none may be promised. So may one that a plugin gave to a message that had none, whether plugins look at bodies or not. A message
     * that ends with its headers keeps what it says, as the answer to HEAD must.
     */
    private void repairContentLength(HeaderMap headers) {
        boolean neverHadBody = complete && !bodyPassed && !half.hadBody();
        if ((!half.wantsBody() && !bodyPassed) || neverHadBody) {
            return;
        }
        boolean guarded = half.turn().guard();
        try {
            if (complete && half.trailers().isEmpty()) {
                headers.remove("transfer-encoding");
                headers.set("content-length", Integer.toString(bodyAvailable()));
            } else {
                headers.remove("content-length");
            }
        } finally {
            if (guarded) {
                half.turn().unlock();
            }
        }
    }

    @Override
    public ByteBuffer takeBody() {
        return buffer().take();
    }

    @Override
    public int bodyAvailable() {
        return body == null ? 0 : body.size();
    }

    private BodyBuffer buffer() {
        BodyBuffer present = body;
        if (present == null) {
            present = new BodyBuffer(Integer.MAX_VALUE);
            body = present;
        }
        return present;
    }

    @Override
    public HeaderMap trailers() {
        return complete ? half.trailers() : NO_TRAILERS;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }
}

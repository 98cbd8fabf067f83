package dev.proxywasm.jetty;

import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.http.ReleasedMessage;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * What has been pushed of a response, and what of it Jetty has been given; of the application's or of the chain's own.
 *
 * <pre>
 *   OPEN ──headers pushed──▶ STARTED ──the chain released them──▶ SENT ──failure, abort──▶ ENDED
 *     ◀── an answer of the chain begins again ──┘
 * </pre>
 *
 * <p>Used under the lock of the exchange.
 */
final class ResponseMessage {

    private enum State {
        OPEN,
        STARTED,
        SENT,
        ENDED
    }

    /** One write to Jetty. */
    record Write(boolean last, ByteBuffer bytes) {}

    static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int PIECE_BYTES = 64 * 1024;

    private final JettyExchange exchange;
    private final Response raw;
    private final HttpStream stream;
    private final ReleasedMessage released;
    private final ResponseHead head;
    private State state = State.OPEN;
    private @Nullable LocalResponse answer;
    private @Nullable Supplier<HttpFields> trailers;

    /** Of the write under way: what has not been pushed, and whether it is an explicit flush, or the last. */
    private ByteBuffer input = NOTHING;

    private boolean flushes;
    private boolean last;

    /** Of a body that no filter looks at: whether the write has not been passed on. */
    private boolean unsent;

    private boolean filtered;
    private boolean mayHaveBody;
    private boolean dropsBody;
    private boolean pushedEnd;
    private boolean sentLast;

    ResponseMessage(JettyExchange exchange, ResponseHead head, Response raw, HttpStream stream) {
        this.exchange = exchange;
        this.raw = raw;
        this.stream = stream;
        this.released = stream.response();
        this.head = head;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** Whether it is the chain's own and Jetty has been given all of it. */
    boolean isAnswered() {
        return answer != null && sentLast;
    }

    void trailers(@Nullable Supplier<HttpFields> supplier) {
        trailers = supplier;
    }

    /** What Jetty is to be given of a write without any more ado; null if the chain has to see it. */
    @Nullable
    ByteBuffer direct(ByteBuffer content) {
        if (state == State.OPEN && head.startsTunnel()) {
            state = State.SENT;
        }
        if (state != State.SENT || filtered) {
            return null;
        }
        return dropsBody ? NOTHING : content;
    }

    /** Takes a write of the application. */
    void offer(ByteBuffer content, boolean isLast) {
        input = content;
        last = isLast;
        unsent = true;
        flushes = !isLast && !content.hasRemaining();
    }

    /** Begins again with an answer of the chain, all of which is known. */
    void begin(LocalResponse response) {
        answer = response;
        head.restore();
        raw.setTrailersSupplier(null);
        trailers = null;
        pushedEnd = false;
        state = State.OPEN;
        offer(response.body(), true);
    }

    void end() {
        state = State.ENDED;
    }

    /** Pushes the next part; null if there is none. */
    @Nullable
    Outcome pushNext() {
        if (state == State.OPEN) {
            return pushHeaders();
        }
        if (state == State.ENDED || !filtered || pushedEnd || (!input.hasRemaining() && !last)) {
            return null;
        }
        return input.hasRemaining() ? pushPiece() : pushEnd();
    }

    private Outcome pushHeaders() {
        state = State.STARTED;
        boolean bodiless = head.isBodiless(answer);
        boolean whole = last && trailers == null;
        mayHaveBody = !bodiless;
        filtered = !bodiless && stream.wantsResponseBody();
        pushedEnd = bodiless || (whole && !input.hasRemaining());
        long length = whole && !bodiless ? input.remaining() : -1;
        return exchange.push(() -> stream.responseHeaders(head.toMap(answer, length), pushedEnd));
    }

    private Outcome pushPiece() {
        int size = Math.min(PIECE_BYTES, input.remaining());
        ByteBuffer piece = input.slice(input.position(), size);
        input.position(input.position() + size);
        pushedEnd = last && !input.hasRemaining() && trailers == null;
        return exchange.push(() -> stream.responseBody(piece, pushedEnd));
    }

    private Outcome pushEnd() {
        pushedEnd = true;
        HttpFields fields = trailers == null ? null : trailers.get();
        return exchange.push(() -> fields == null || fields.size() == 0
                ? stream.responseBody(NOTHING.duplicate(), true)
                : stream.responseTrailers(Fields.toMap(fields)));
    }

    /** What Jetty can be given now; null if that is nothing. */
    @Nullable
    Write take() {
        filtered |= mayHaveBody && released.bodyAvailable() > 0; // given by a plugin to a response without
        boolean first = state == State.STARTED && mayRelease();
        if (first) {
            sendHeaders();
        }
        if (state != State.SENT) {
            return null;
        }
        Write write = filtered ? takeReleased() : takeInput();
        if (write == null) {
            return first ? new Write(false, NOTHING) : null;
        }
        sentLast |= write.last();
        return dropsBody ? new Write(write.last(), NOTHING) : write;
    }

    private @Nullable Write takeReleased() {
        boolean ends = released.isComplete() && !sentLast;
        ByteBuffer bytes = released.takeBody();
        return ends || bytes.hasRemaining() ? new Write(ends, bytes) : null;
    }

    private @Nullable Write takeInput() {
        if (!unsent) {
            return null;
        }
        Write write = new Write(last, input);
        input = NOTHING;
        unsent = false;
        return write;
    }

    /** Not before there is something of a body, unless asked to: only then its length may be known, and an error no longer impossible. */
    private boolean mayRelease() {
        return released.hasHeaders() && (!filtered || flushes || released.bodyAvailable() > 0 || released.isComplete());
    }

    private void sendHeaders() {
        state = State.SENT;
        dropsBody = head.write(released.takeHeaders(), answer != null);
        if (!dropsBody && trailers != null && head.supportsTrailers()) {
            raw.setTrailersSupplier(filtered ? this::releasedTrailers : trailers);
        }
    }

    private HttpFields releasedTrailers() {
        return exchange.locked(() -> Fields.toFields(released.trailers()));
    }
}

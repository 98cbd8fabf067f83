package dev.proxywasm.servlet;

import dev.proxywasm.http.BodilessStatus;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.http.ReleasedMessage;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The response on its way through the chain to the container, which is not touched before the chain has released something.
 *
 * <pre>
 *   OPEN ──start──▶ STARTED ──the chain released the headers──▶ SENT ──▶ ENDED
 *    │├──────────────── an answer of the chain, an error, an abort ──────▶
 *    │└──delegate──▶ DELEGATED ──openPage──▶ PAGE ──start──▶ STARTED ──▶ ...
 *    └── of an error, the chain sees the headers at once, and the body if the container dispatches to an error page
 * </pre>
 */
final class ResponseFlow {

    private enum State {
        OPEN,
        DELEGATED,
        PAGE,
        STARTED,
        SENT,
        ENDED
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int MAX_ANSWERS = 16;

    private final ServletExchange exchange;
    private final HttpServletResponse raw;
    private final HttpStream stream;
    private final boolean toHead;
    private State state = State.OPEN;
    private boolean bodiless;
    private boolean replacesAll;
    private int answers;
    private @Nullable HeaderMap delegated;
    private @Nullable HeaderMap page;
    private @Nullable Supplier<Map<String, String>> trailers;

    ResponseFlow(ServletExchange exchange, HttpServletResponse raw, HttpStream stream, boolean toHead) {
        this.exchange = exchange;
        this.raw = raw;
        this.stream = stream;
        this.toHead = toHead;
    }

    /** Whether nothing has been pushed: everything can still be changed. */
    boolean isOpen() {
        return state == State.OPEN || state == State.PAGE;
    }

    /** Whether what is written from now on is dropped. */
    boolean isEnded() {
        return state == State.ENDED || state == State.DELEGATED;
    }

    /** Whether the chain has seen the headers of an error, and waits for the body of its page, should there be one. */
    boolean awaitsPage() {
        return state == State.DELEGATED;
    }

    /** Whether the body of an error's page is to come, whose headers the chain has seen. */
    boolean isPage() {
        return state == State.PAGE;
    }

    /** Tells the chain that the page has no body of its own. */
    void leavePage() throws IOException {
        exchange.obey(stream.responseBody(NOTHING.duplicate(), true));
        state = State.ENDED;
    }

    /** Whether written bytes go straight to the container. */
    boolean isDirect() {
        return state == State.SENT && !stream.wantsResponseBody();
    }

    /**
     * To be called before anything else by what the application calls, if that may come to a push.
     *
     * @throws StackOverflowError if the application has left too little of its stack for that
     */
    void requireStack() {
        if (!isEnded() && !isDirect()) {
            stream.requireStack();
        }
    }

    /** Trailers that follow the body; asked for when the body is complete. */
    void trailers(@Nullable Supplier<Map<String, String>> supplier) {
        trailers = supplier;
    }

    /**
     * Pushes the headers, with those that stand in the container already. The container gets what becomes of them with the first bytes,
     * at a flush or at the end.
     */
    void start(ResponseHead head, boolean endOfStream) throws IOException {
        HeaderMap headers = head.toMap();
        if (state == State.PAGE) {
            page = headers;
            state = State.STARTED;
            return;
        }
        ContainerHeaders.addTo(headers, raw, head.overriddenCookies());
        replacesAll = true;
        push(headers, endOfStream);
    }

    private void push(HeaderMap headers, boolean endOfStream) throws IOException {
        state = State.STARTED;
        bodiless = toHead || BodilessStatus.is(ContainerHeaders.status(headers));
        exchange.obey(stream.responseHeaders(headers, endOfStream || bodiless));
    }

    /** Pushes a part of the body. */
    void write(ByteBuffer chunk, boolean last) throws IOException {
        if (isEnded()) {
            return;
        }
        if (!stream.wantsResponseBody() || bodiless) {
            releaseAll();
            send(chunk);
            sendHeadOfLargeBody(last);
        } else if (exchange.obey(stream.responseBody(chunk, last))) {
            release();
        }
    }

    /** The container does not see the body that a HEAD request does not get, and would take it for empty. */
    private void sendHeadOfLargeBody(boolean last) throws IOException {
        if (toHead && !last && state == State.SENT && !raw.isCommitted()) {
            raw.flushBuffer();
        }
    }

    /** Hands the container what the chain has released, and has it sent. */
    void flush() throws IOException {
        releaseAll();
        if (state == State.SENT) {
            raw.flushBuffer();
        }
    }

    /** Pushes the end, unless the last part of the body or the headers were it. */
    void end(boolean pushed) throws IOException {
        if (!pushed && !bodiless && !isEnded() && stream.wantsResponseBody()) {
            Map<String, String> fields = trailers == null ? null : trailers.get();
            exchange.obey(
                    fields == null || fields.isEmpty()
                            ? stream.responseBody(NOTHING.duplicate(), true)
                            : stream.responseTrailers(Trailers.toHeaderMap(fields)));
        }
        releaseAll();
        state = State.ENDED;
    }

    /** Leaves the response to whoever has committed it in the container behind this flow's back, as an upgrade may. */
    void leave() {
        state = State.ENDED;
    }

    /**
     * Sends the chain's own response, through the filters that are to see it.
     *
     * @param persistent whether the client may use the connection again; not while it sends a body that nobody reads
     */
    void answer(LocalResponse reply, boolean persistent) throws IOException {
        if (state == State.SENT || raw.isCommitted()) {
            abort("a filter answered when the response had begun");
            return;
        }
        if (++answers > MAX_ANSWERS) {
            abort("filters answered the answers of each other " + MAX_ANSWERS + " times");
            return;
        }
        page = null;
        trailers = null;
        ByteBuffer body = reply.body();
        replacesAll = false;
        if (!persistent) {
            endConnection();
        }
        push(reply.headers(), !body.hasRemaining());
        if (body.hasRemaining()) {
            write(body, true);
        }
        flush();
        state = State.ENDED;
    }

    /** Has the connection end with the response, if that can still be said. */
    void endConnection() {
        if (exchange.isHttp1() && !raw.isCommitted()) {
            raw.setHeader("Connection", "close");
        }
    }

    /**
     * Pushes the headers of a response of which the container makes the body: an error page. Hands the container what becomes of them.
     *
     * @return the status that is left to the container to send; -1 if the chain answered instead
     */
    int delegate(ResponseHead head) throws IOException {
        boolean wantsPage = !toHead && stream.wantsResponseBody();
        start(head, !wantsPage);
        if (wantsPage && state != State.ENDED && !stream.response().hasHeaders()) {
            wantsPage = false;
            exchange.obey(stream.responseBody(NOTHING.duplicate(), true));
        }
        if (state == State.ENDED) {
            return -1;
        }
        // A copy: plugins may still read the response's own.
        HeaderMap released = stream.response().takeHeaders().copy();
        state = wantsPage ? State.DELEGATED : State.ENDED;
        ContainerHeaders.removeContentHeaders(released);
        ContainerHeaders.write(released, raw, replacesAll);
        delegated = released;
        return raw.getStatus();
    }

    /** The container's page of an error begins; it may have lost the headers since. */
    void openPage() {
        HeaderMap headers = delegated;
        if (headers != null) {
            int status = raw.getStatus();
            ContainerHeaders.write(headers, raw, false);
            raw.setStatus(status);
        }
        if (state == State.DELEGATED) {
            state = State.PAGE;
        }
    }

    /**
     * Ends the exchange without the response that it should have had: with status 503 if the client has seen nothing yet, otherwise by an
     * exception, at which Tomcat and Jetty cut the connection; Undertow only ends the response there, which the Servlet API gives no means
     * to prevent.
     */
    void abort(String reason) throws IOException {
        state = State.ENDED;
        if (raw.isCommitted()) {
            throw new ExchangeAbortedException(reason);
        }
        raw.reset();
        raw.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        raw.setHeader("Connection", "close");
        raw.setContentLength(0);
        raw.flushBuffer();
    }

    /** Hands the container headers and body, once there is something of a body: only then the length may be known, and 500 impossible. */
    private void release() throws IOException {
        if (stream.response().bodyAvailable() > 0) {
            releaseAll();
        }
    }

    private void releaseAll() throws IOException {
        ReleasedMessage released = stream.response();
        if (state == State.STARTED && page != null) {
            sendPageHeaders(page, released);
        } else if (state == State.STARTED && (released.hasHeaders() || !stream.wantsResponseBody())) {
            sendHeaders(released);
        }
        if (state == State.SENT && released.bodyAvailable() > 0) {
            send(released.takeBody());
        }
    }

    private void sendHeaders(ReleasedMessage released) {
        boolean filtered = !bodiless && stream.wantsResponseBody();
        HeaderMap headers = released.takeHeaders();
        state = State.SENT;
        bodiless |= BodilessStatus.is(ContainerHeaders.status(headers));
        ContainerHeaders.write(headers, raw, replacesAll);
        if (bodiless || headers.contains("content-length") || !exchange.supportsTrailers()) {
            return;
        }
        if (filtered && (!released.isComplete() || !released.trailers().isEmpty())) {
            raw.setTrailerFields(() -> Trailers.toMap(released.trailers()));
        } else if (!filtered && trailers != null) {
            raw.setTrailerFields(trailers);
        }
    }

    /** Those that the page has set itself, which the chain does not see. */
    private void sendPageHeaders(HeaderMap headers, ReleasedMessage released) {
        if (released.bodyAvailable() == 0 && !released.isComplete()) {
            return;
        }
        state = State.SENT;
        headers.remove("content-length");
        if (released.isComplete()) {
            headers.add("content-length", Integer.toString(released.bodyAvailable()));
        }
        ContainerHeaders.write(headers, raw, false);
    }

    private void send(ByteBuffer bytes) throws IOException {
        if (state != State.SENT || bodiless || !bytes.hasRemaining()) {
            return;
        }
        if (bytes.hasArray()) {
            raw.getOutputStream().write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        } else {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            raw.getOutputStream().write(copy);
        }
    }
}

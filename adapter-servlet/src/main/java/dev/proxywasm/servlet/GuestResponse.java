package dev.proxywasm.servlet;

import dev.proxywasm.http.BodilessStatus;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The response that the application sees: its headers and first bytes stay here until the chain has judged them.
 *
 * <p>Methods of Servlet 6.1 have neither {@code @Override} nor a call of {@code super}, so that the class also loads on 6.0.
 */
@SuppressWarnings("MissingOverride")
final class GuestResponse extends HeadResponse {

    private final ServletExchange exchange;
    private final HttpServletResponse raw;
    private final ResponseFlow flow;
    private final ResponseBody body;
    private @Nullable ResponseWriter writer;
    private @Nullable Supplier<Map<String, String>> trailers;
    private boolean streamTaken;

    GuestResponse(ServletExchange exchange, HttpServletRequest request, HttpServletResponse raw, ResponseFlow flow) {
        super(request, raw, new ResponseHead());
        this.exchange = exchange;
        this.raw = raw;
        this.flow = flow;
        this.body = new ResponseBody(this, flow, raw.getBufferSize());
    }

    /** Pushes the headers while more of the body is to come, unless that has been done. */
    void commit() throws IOException {
        if (flow.isOpen()) {
            flow.trailers(trailers);
            flow.start(head, false);
        }
    }

    /** Pushes whatever the application has left behind. Does nothing the second time. */
    void finish() throws IOException {
        if (writer != null && !flow.isEnded()) {
            writer.drain();
        }
        if (flow.isOpen() && raw.isCommitted()) {
            flow.leave();
        }
        if (flow.isEnded()) {
            return;
        }
        boolean last = trailers == null;
        boolean pushed = last && body.count() > 0;
        if (flow.isOpen()) {
            pushed = startWhole() || pushed;
        }
        body.push(last);
        flow.end(pushed);
    }

    /** Finishes, and has the container finish as well, whatever the application does from then on. */
    void close() throws IOException {
        if (!flow.isEnded()) {
            finish();
            raw.getOutputStream().close();
        }
    }

    /** Shows the chain that the application failed; the container makes the response. */
    void fail(Throwable thrown) throws IOException {
        if (isCommitted()) {
            return;
        }
        discardBody();
        int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        if (thrown instanceof UnavailableException unavailable) {
            status = unavailable.isPermanent() ? SC_NOT_FOUND : SC_SERVICE_UNAVAILABLE;
        }
        head.status(status);
        flow.delegate(head);
    }

    /** Calls a listener when its turn comes. */
    void submit(Runnable call) {
        if (!exchange.passes().isAsyncStarted()) {
            throw new IllegalStateException("a WriteListener needs an asynchronous request; call startAsync() first");
        }
        exchange.passes().listenerCalls().submit(call);
    }

    /** Pushes the headers of a response that is known to its end; tells whether they were the end, which those of a page never are. */
    private boolean startWhole() throws IOException {
        if (raw.getStatus() == SC_SWITCHING_PROTOCOLS) {
            head.status(SC_SWITCHING_PROTOCOLS);
        }
        boolean empty = body.count() == 0 && trailers == null;
        boolean lengthKnown = trailers == null && !(empty && exchange.isHead());
        if (lengthKnown && !BodilessStatus.is(head.status()) && announcedLength() < 0) {
            head.set("Content-Length", Integer.toString(body.count()));
        }
        flow.trailers(trailers);
        boolean last = empty && !flow.isPage();
        flow.start(head, last);
        return last;
    }

    /** The length that the application has said the body will have, or -1. */
    long announcedLength() {
        return ContentLength.parse(head.get("content-length"));
    }

    private void discardBody() throws IOException {
        if (writer != null) {
            writer.drain();
        }
        body.clear();
    }

    private void requireOpen() {
        if (isCommitted()) {
            throw new IllegalStateException("the response has been committed");
        }
    }

    @Override
    public boolean isCommitted() {
        return !flow.isOpen() || raw.isCommitted();
    }

    @Override
    public void flushBuffer() throws IOException {
        if (writer != null) {
            writer.drain();
        }
        body.flush();
    }

    @Override
    public int getBufferSize() {
        return body.capacity();
    }

    @Override
    public void setBufferSize(int size) {
        requireOpen();
        drainWriter();
        if (body.count() > 0) {
            throw new IllegalStateException("the buffer size can only be set before anything is written");
        }
        body.capacity(Math.max(size, raw.getBufferSize()));
    }

    @Override
    public void reset() {
        resetBuffer();
        head.clear();
        writer = null;
        streamTaken = false;
        trailers = null;
        raw.reset();
    }

    @Override
    public void resetBuffer() {
        requireOpen();
        drainWriter();
        body.clear();
        requireOpen();
    }

    private void drainWriter() {
        try {
            if (writer != null) {
                writer.drain();
            }
        } catch (IOException e) {
            throw new IllegalStateException("the characters written so far cannot be encoded", e);
        }
    }

    @Override
    public ServletOutputStream getOutputStream() {
        if (writer != null) {
            throw new IllegalStateException("getWriter() has been called for this response");
        }
        streamTaken = true;
        return body;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (streamTaken) {
            throw new IllegalStateException("getOutputStream() has been called for this response");
        }
        if (writer == null) {
            String name = getCharacterEncoding();
            Charset charset = charset(name);
            head.fixCharset(name);
            writer = ResponseWriter.over(body, charset);
        }
        return writer;
    }

    private static Charset charset(String name) throws UnsupportedEncodingException {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            UnsupportedEncodingException unsupported = new UnsupportedEncodingException(name);
            unsupported.initCause(e);
            throw unsupported;
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        sendError(status, null);
    }

    @Override
    public void sendError(int status, @Nullable String message) throws IOException {
        if (isIncluded()) {
            return;
        }
        requireOpen();
        flow.requireStack();
        discardBody();
        head.status(status);
        if (flow.isPage()) {
            flow.leavePage();
            delegateError(status, message);
            return;
        }
        exchange.expectDispatch();
        int released = flow.delegate(head);
        if (released >= 400) {
            delegateError(released, message);
        } else if (released >= 0) {
            flow.leave();
            raw.setContentLength(0);
        }
    }

    private void delegateError(int status, @Nullable String message) throws IOException {
        if (message == null) {
            raw.sendError(status);
        } else {
            raw.sendError(status, message);
        }
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        sendRedirect(location, SC_FOUND, true);
    }

    public void sendRedirect(String location, int status) throws IOException {
        sendRedirect(location, status, true);
    }

    public void sendRedirect(String location, boolean clearBuffer) throws IOException {
        sendRedirect(location, SC_FOUND, clearBuffer);
    }

    public void sendRedirect(@Nullable String location, int status, boolean clearBuffer) throws IOException {
        if (location == null) {
            throw new IllegalArgumentException("a redirect needs a location");
        }
        if (isIncluded()) {
            return;
        }
        requireOpen();
        flow.requireStack();
        if (clearBuffer) {
            resetBuffer();
        }
        head.status(status);
        setHeader("Location", location);
        finish();
    }

    @Override
    public void setTrailerFields(Supplier<Map<String, String>> supplier) {
        requireOpen();
        if (!exchange.supportsTrailers()) {
            throw new IllegalStateException("HTTP/1.0 has no trailers");
        }
        trailers = supplier;
    }

    @Override
    public @Nullable Supplier<Map<String, String>> getTrailerFields() {
        return trailers;
    }
}

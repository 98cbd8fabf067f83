package dev.proxywasm.servlet;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.ReleasedMessage;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request on its way from the container through the chain to the application.
 *
 * <p>The head, and the body up to the stream's buffer, pass before the application runs; the rest as the application reads. If no filter
 * looks at bodies, the body is left in the container, untouched.
 */
final class RequestFlow {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int CHUNK_BYTES = 16 * 1024;
    private static final int MAX_DROPPED_BYTES = 256 * 1024;

    private final ServletExchange exchange;
    private final HttpServletRequest raw;
    private final HttpStream stream;
    private final HeaderMap headers;
    private final ReleasedMessage released;
    private long length = -1;
    private boolean hasBody;
    private boolean mayHaveTrailers;
    private boolean ownsBody;
    private boolean handedOn;
    private boolean pushedAll;
    private long pushedBytes;
    private byte @Nullable [] chunk;
    private ByteBuffer current = NOTHING;

    /** Nothing pushed yet; {@code headers} are the pseudo-headers that the client sent. */
    RequestFlow(ServletExchange exchange, HttpServletRequest raw, HttpStream stream, HeaderMap headers) {
        this.exchange = exchange;
        this.raw = raw;
        this.stream = stream;
        this.headers = headers;
        this.released = stream.request();
    }

    /** Pushes what the chain judges before the application runs; false if the chain answered instead. */
    boolean admit() throws IOException {
        RequestHead.addHeaders(headers, raw);
        length = raw.getContentLengthLong();
        boolean isHttp1 = exchange.isHttp1();
        boolean tunnel = RequestHead.startsTunnel(headers);
        hasBody = !tunnel && RequestHead.hasBody(headers, length, isHttp1);
        mayHaveTrailers = length < 0 || !isHttp1;
        if (!exchange.obey(stream.requestHeaders(!hasBody && !tunnel))) {
            return false;
        }
        pushedAll = !hasBody;
        ownsBody = hasBody ? stream.wantsRequestBody() : released.bodyAvailable() > 0;
        return !ownsBody || fill();
    }

    /** The headers as they left the chain, for the application, which may read a body that no filter looks at. */
    HeaderMap takeHeaders() {
        handedOn = true;
        return released.takeHeaders();
    }

    /** Whether the application gets the body from here instead of from the container; also one that a filter gave to a request without. */
    boolean ownsBody() {
        return ownsBody;
    }

    /** Reads up to {@code size} bytes, at least one; -1 at the end. */
    int read(byte[] target, int offset, int size) throws IOException {
        if (!lookAhead()) {
            return -1;
        }
        int count = Math.min(size, current.remaining());
        current.get(target, offset, count);
        return count;
    }

    /**
     * Reads and drops what is left of a body that nobody is going to read once the chain has answered, if it is little and certain to come.
     * Servers that close a connection because a body was left unread do so without telling the client.
     *
     * @return whether the client may use the connection for its next request
     */
    boolean dropRest() throws IOException {
        boolean leftToContainer = handedOn && !ownsBody;
        if (leftToContainer || pushedAll || !hasBody) {
            return true;
        }
        boolean awaitsContinue = pushedBytes == 0 && raw.getHeader("expect") != null;
        if (awaitsContinue || length - pushedBytes > MAX_DROPPED_BYTES) {
            return false;
        }
        InputStream in = raw.getInputStream();
        byte[] dropped = new byte[8 * 1024];
        int count = 0;
        while (!pushedAll && count <= MAX_DROPPED_BYTES) {
            int read = in.read(dropped);
            count += read;
            pushedAll = read < 0 || pushedBytes + count == length;
        }
        return pushedAll;
    }

    /** For the application: waits until there is a byte to read; false at the end. */
    boolean lookAhead() throws IOException {
        while (!advance()) {
            if (pushedAll) {
                return false;
            }
            stream.requireStack();
            if (!push()) {
                throw new AnsweredByChainException();
            }
        }
        return true;
    }

    /** Bytes that can be read without waiting for the client or a filter. */
    int available() {
        return current.remaining() + released.bodyAvailable();
    }

    /** Whether the next read would answer -1. */
    boolean isFinished() {
        return pushedAll && available() == 0;
    }

    /** The trailers as they left the chain. */
    Map<String, String> trailers() {
        return Trailers.toMap(released.trailers());
    }

    /** Pushes until the buffer is full and no filter holds all there is; the stream itself bounds what a filter may hold. */
    private boolean fill() throws IOException {
        while (!pushedAll && (pushedBytes < stream.requestBodyBuffer() || isHeld())) {
            if (!push()) {
                return false;
            }
        }
        return true;
    }

    private boolean isHeld() {
        return !released.hasHeaders() || released.bodyAvailable() == 0;
    }

    private boolean advance() {
        if (!current.hasRemaining() && released.bodyAvailable() > 0) {
            current = released.takeBody();
        }
        return current.hasRemaining();
    }

    private boolean push() throws IOException {
        byte[] bytes = chunk();
        InputStream in = raw.getInputStream();
        int count = in.read(bytes, 0, bytes.length);
        if (count < 0) {
            return pushEnd();
        }
        pushedBytes += count;
        pushedAll = pushedBytes == length && !mayHaveTrailers;
        return exchange.obey(stream.requestBody(ByteBuffer.wrap(bytes, 0, count), pushedAll));
    }

    private byte[] chunk() {
        byte[] present = chunk;
        if (present == null) {
            present = new byte[length > 0 ? (int) Math.min(length, CHUNK_BYTES) : CHUNK_BYTES];
            chunk = present;
        }
        return present;
    }

    private boolean pushEnd() throws IOException {
        pushedAll = true;
        Map<String, String> trailers = raw.isTrailerFieldsReady() ? raw.getTrailerFields() : Map.of();
        return exchange.obey(
                trailers.isEmpty()
                        ? stream.requestBody(NOTHING.duplicate(), true)
                        : stream.requestTrailers(Trailers.toHeaderMap(trailers)));
    }
}

package dev.proxywasm.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** A response made by the filter chain instead of the application. */
public final class LocalResponse {

    private final HeaderMap headers;
    private final byte[] body;
    private final String details;

    /**
     * A response.
     *
     * @param headers {@code :status} first, then the headers, content-length and content-type included; owned by the response
     * @param body the whole body, empty if there is none; owned by the response
     * @param details why, for logs: a short word without spaces, never sent to the client; may be empty
     */
    public LocalResponse(HeaderMap headers, byte[] body, String details) {
        this.headers = headers;
        this.body = body;
        this.details = details;
    }

    /** A response with that status and a plain text body, which may be empty. */
    public static LocalResponse text(int status, String text, String details) {
        byte[] body = text.getBytes(UTF_8);
        HeaderMap headers = HeaderMap.of(":status", Integer.toString(status));
        headers.add("content-length", Integer.toString(body.length));
        if (body.length > 0) {
            headers.add("content-type", "text/plain");
        }
        return new LocalResponse(headers, body, details);
    }

    /** The status code. */
    public int status() {
        String status = headers.get(":status");
        return status == null ? 200 : Integer.parseInt(status);
    }

    /** {@code :status} first, then the headers; to be pushed into the stream that it came from, which owns them then. */
    public HeaderMap headers() {
        return headers;
    }

    /** The whole body, in a buffer of the caller's own. */
    public ByteBuffer body() {
        return ByteBuffer.wrap(body);
    }

    /** Why, for logs: a short word without spaces; may be empty. */
    public String details() {
        return details;
    }

    @Override
    public String toString() {
        return "local response " + status() + (details.isEmpty() ? "" : " (" + details + ")");
    }
}

package dev.proxywasm.http;

/**
 * A response made by the filter chain instead of the application.
 *
 * @param headers {@code :status} first, then the headers; content-length and content-type included
 * @param body the whole body, empty if there is none; owned by the response
 * @param details why, for logs: a short word without spaces, never sent to the client; may be empty
 */
public record LocalResponse(HeaderMap headers, byte[] body, String details) {

    /** A response with that status and a plain text body, which may be empty. */
    public static LocalResponse text(int status, String text, String details) {
        byte[] body = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
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
}

package dev.proxywasm.internal.module.http;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;

/** An answer: of a status that trying again does not change. The bytes are shared, not copied. */
public final class FetchResponse {

    private final URI uri;
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    FetchResponse(URI uri, int status, HttpHeaders headers, byte[] body) {
        this.uri = uri;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** Who answered in the end, behind redirects. */
    public URI uri() {
        return uri;
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** Whether the status is 200 to 299. */
    public boolean isGood() {
        return status / 100 == 2;
    }

    /** The first value of a header; empty if there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** All values of a header. */
    public List<String> headers(String name) {
        return headers.allValues(name);
    }

    /** The body; of an answer that is not good, at most its first 64 KiB. */
    public byte[] body() {
        return body;
    }
}

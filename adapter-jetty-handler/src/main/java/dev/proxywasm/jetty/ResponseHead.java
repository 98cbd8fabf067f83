package dev.proxywasm.jetty;

import dev.proxywasm.http.BodilessStatus;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.LocalResponse;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * Status and headers of the response, which stand in Jetty's own from the beginning: the application writes them there, and so does Jetty.
 */
final class ResponseHead {

    private final Request request;
    private final Response raw;
    private final HttpFields before;
    private int pushedVersion;

    /** The head of a response that no application has touched yet. */
    ResponseHead(Request request, Response raw) {
        this.request = request;
        this.raw = raw;
        this.before = HttpFields.build(raw.getHeaders()).asImmutable();
    }

    /** Until the application sets one, the status is 0 and means 200. */
    private int status() {
        return raw.getStatus() == 0 ? HttpStatus.OK_200 : raw.getStatus();
    }

    /** Whether what follows the headers is no HTTP body but another protocol. */
    boolean startsTunnel() {
        return status() == HttpStatus.SWITCHING_PROTOCOLS_101
                || (HttpMethod.CONNECT.is(request.getMethod()) && HttpStatus.isSuccess(status()));
    }

    /** Whether no body follows: that of the application's response, or of the chain's answer. */
    boolean isBodiless(@Nullable LocalResponse answer) {
        return HttpMethod.HEAD.is(request.getMethod())
                || BodilessStatus.is(answer == null ? status() : answer.status());
    }

    boolean supportsTrailers() {
        return request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_0;
    }

    /** The headers to push, with the length of the body if it is known: -1 if not. */
    HeaderMap toMap(@Nullable LocalResponse answer, long length) {
        HeaderMap map = answer == null ? ownMap(length) : answer.headers();
        pushedVersion = map.version();
        return map;
    }

    private HeaderMap ownMap(long length) {
        HttpFields fields = raw.getHeaders();
        HeaderMap map = new HeaderMap(fields.size() + 6);
        map.add(":status", Integer.toString(status()));
        Fields.addTo(map, fields, null);
        boolean lengthSaid =
                fields.contains(HttpHeader.CONTENT_LENGTH) || fields.contains(HttpHeader.TRANSFER_ENCODING);
        if (length >= 0 && !lengthSaid) {
            map.add("Content-Length", Long.toString(length));
        }
        return map;
    }

    /**
     * Makes these Jetty's.
     *
     * @param adds whether those that are there already stay
     * @return whether no body may follow
     */
    boolean write(HeaderMap released, boolean adds) {
        if (adds || released.version() != pushedVersion) {
            String text = released.get(":status");
            int status = text == null ? status() : Integer.parseInt(text);
            raw.setStatus(status);
            if (adds) {
                Fields.write(raw.getHeaders(), released, status);
            } else {
                Fields.replace(raw.getHeaders(), released, status);
            }
        }
        return BodilessStatus.is(status());
    }

    /** Forgets what the application has set. */
    void restore() {
        Fields.restore(raw.getHeaders(), before);
    }
}

package dev.proxywasm.jetty;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HeaderText;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a request in the words of the port, as the client sent it.
 *
 * @param authority the Host header, or what stands for it
 * @param path still encoded, with the query
 * @param method the method
 * @param scheme the scheme
 */
record RequestHead(String authority, String path, String method, String scheme) {

    static RequestHead of(Request request) {
        HttpURI uri = request.getHttpURI();
        String scheme = uri.getScheme() == null ? scheme(request) : uri.getScheme();
        return new RequestHead(
                HeaderText.of(authority(request)),
                HeaderText.of(orEmpty(uri.getPathQuery())),
                request.getMethod(),
                scheme);
    }

    /** The pseudo-headers, then the headers; the Host header is {@code :authority} only. */
    HeaderMap withHeaders(HttpFields fields) {
        HeaderMap headers = new HeaderMap(fields.size() + 8);
        headers.add(":authority", authority);
        headers.add(":path", path);
        headers.add(":method", method);
        headers.add(":scheme", scheme);
        Fields.addTo(headers, fields, "host");
        return headers;
    }

    private static String scheme(Request request) {
        return request.isSecure() ? "https" : "http";
    }

    private static String authority(Request request) {
        String host = request.getHeaders().get(HttpHeader.HOST);
        if (host != null) {
            return host;
        }
        String authority = request.getHttpURI().getAuthority();
        return authority == null ? orEmpty(Request.getServerName(request)) : authority;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Whether a body may follow. HTTP/2 and later need not say so in the headers: there, only reading tells. */
    static boolean mayHaveBody(Request request) {
        long length = request.getLength();
        if (length >= 0) {
            return length > 0;
        }
        return !isHttp1(request) || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    static boolean isHttp1(Request request) {
        return request.getConnectionMetaData().getHttpVersion().getVersion() <= 11;
    }

    /** Whether the bytes that follow may be no HTTP body but another protocol. */
    static boolean startsTunnel(Request request) {
        if (HttpMethod.CONNECT.is(request.getMethod())) {
            return true;
        }
        HttpFields headers = request.getHeaders();
        String connection = headers.get(HttpHeader.CONNECTION);
        return headers.contains(HttpHeader.UPGRADE)
                && connection != null
                && connection.toLowerCase(Locale.ROOT).contains("upgrade");
    }
}

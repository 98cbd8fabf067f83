package dev.proxywasm.servlet;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HeaderText;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;

/** What the head of a servlet request says in the words of the port. */
final class RequestHead {

    private static final Set<String> METHODS_WITHOUT_BODY = Set.of("GET", "HEAD", "DELETE", "OPTIONS", "TRACE");

    private RequestHead() {}

    /** The pseudo-headers, then the headers; the Host header is {@code :authority} only. */
    static HeaderMap headers(HttpServletRequest request) {
        HeaderMap headers = new HeaderMap(24);
        headers.add(":authority", HeaderText.of(authority(request)));
        headers.add(":path", HeaderText.of(path(request)));
        headers.add(":method", request.getMethod());
        headers.add(":scheme", request.getScheme());
        Enumeration<String> names = request.getHeaderNames();
        while (names != null && names.hasMoreElements()) {
            addAll(headers, request, names.nextElement());
        }
        return headers;
    }

    /** One server lists a repeated header once, another once for each repetition: a name that is there already is complete. */
    private static void addAll(HeaderMap headers, HttpServletRequest request, String name) {
        if (name.isEmpty() || name.charAt(0) == ':' || name.equalsIgnoreCase("host") || headers.contains(name)) {
            return;
        }
        Enumeration<String> values = request.getHeaders(name);
        while (values.hasMoreElements()) {
            headers.add(name, HeaderText.of(values.nextElement()));
        }
    }

    private static String authority(HttpServletRequest request) {
        String host = request.getHeader("host");
        if (host != null) {
            return host;
        }
        return new Authority(request.getServerName(), request.getServerPort()).text(request.getScheme());
    }

    private static String path(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    }

    /**
     * Whether a body follows: exact for HTTP/1. HTTP/2 and later need not say it in the headers, so there it is taken from the method
     * when there is no Content-Length.
     *
     * @param headers of that request, as the client sent them
     */
    static boolean hasBody(HeaderMap headers, HttpServletRequest request) {
        long length = request.getContentLengthLong();
        if (length >= 0) {
            return length > 0;
        }
        if (headers.contains("transfer-encoding")) {
            return true;
        }
        return !METHODS_WITHOUT_BODY.contains(request.getMethod())
                && !request.getProtocol().startsWith("HTTP/1");
    }

    /** Whether the bytes that follow are no HTTP body but another protocol, of which the chain sees the request's headers only. */
    static boolean startsTunnel(HeaderMap headers, HttpServletRequest request) {
        if (request.getMethod().equals("CONNECT")) {
            return true;
        }
        String connection = headers.contains("upgrade") ? headers.get("connection") : null;
        return connection != null && connection.toLowerCase(Locale.ROOT).contains("upgrade");
    }
}

package dev.proxywasm.servlet;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HeaderText;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;

/** What the head of a servlet request says in the words of the port. */
final class RequestHead {

    /** Places of the pseudo-headers. */
    static final int AUTHORITY = 0;

    static final int PATH = 1;
    static final int METHOD = 2;
    static final int SCHEME = 3;

    private static final int USUAL_HEADERS = 24;
    private static final Set<String> METHODS_WITHOUT_BODY = Set.of("GET", "HEAD", "DELETE", "OPTIONS", "TRACE");

    private RequestHead() {}

    /** The pseudo-headers, with room for the headers. */
    static HeaderMap pseudoHeaders(HttpServletRequest request) {
        HeaderMap headers = new HeaderMap(USUAL_HEADERS);
        headers.add(":authority", HeaderText.of(authority(request)));
        headers.add(":path", HeaderText.of(path(request)));
        headers.add(":method", request.getMethod());
        headers.add(":scheme", request.getScheme());
        return headers;
    }

    /** Adds the headers, but not the Host header, which is {@code :authority}. */
    static void addHeaders(HeaderMap headers, HttpServletRequest request) {
        Enumeration<String> names = request.getHeaderNames();
        while (names != null && names.hasMoreElements()) {
            addAll(headers, request, names.nextElement());
        }
    }

    /** One server lists a repeated header once, another once for each repetition: a name that is there already is complete. */
    private static void addAll(HeaderMap headers, HttpServletRequest request, String name) {
        if (name.isEmpty() || name.charAt(0) == ':' || name.equalsIgnoreCase("host")) {
            return;
        }
        Enumeration<String> values = request.getHeaders(name);
        if (values.hasMoreElements() && headers.addIfAbsent(name, HeaderText.of(values.nextElement()))) {
            while (values.hasMoreElements()) {
                headers.add(name, HeaderText.of(values.nextElement()));
            }
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
     * @param headers as the client sent them
     * @param length the Content-Length, or -1
     */
    static boolean hasBody(HeaderMap headers, long length, boolean isHttp1) {
        if (length >= 0) {
            return length > 0;
        }
        if (headers.contains("transfer-encoding")) {
            return true;
        }
        return !isHttp1 && !METHODS_WITHOUT_BODY.contains(headers.value(METHOD));
    }

    /** Whether the bytes that follow are no HTTP body but another protocol, of which the chain sees the request's headers only. */
    static boolean startsTunnel(HeaderMap headers) {
        if (headers.value(METHOD).equals("CONNECT")) {
            return true;
        }
        String connection = headers.contains("upgrade") ? headers.get("connection") : null;
        return connection != null && connection.toLowerCase(Locale.ROOT).contains("upgrade");
    }
}

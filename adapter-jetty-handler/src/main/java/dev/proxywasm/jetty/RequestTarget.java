package dev.proxywasm.jetty;

import dev.proxywasm.http.HeaderMap;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/** The address of a request as the chain wants it. */
final class RequestTarget {

    private RequestTarget() {}

    /**
     * The client's own address, with what the pseudo-headers say instead; null if that is none that this server would let a client ask
     * for: Jetty has checked the client's before, but nobody checks this one after.
     */
    static @Nullable HttpURI of(HeaderMap headers, RequestHead head, Request request) {
        HttpURI own = request.getHttpURI();
        String path = changed(headers, ":path", head.path());
        String authority = changed(headers, ":authority", head.authority());
        String scheme = changed(headers, ":scheme", head.scheme());
        if (path == null && authority == null && scheme == null) {
            return own;
        }
        if (path != null && !path.startsWith("/")) {
            return null;
        }
        try {
            HttpURI moved = move(HttpURI.build(own), path, authority, scheme);
            return moved.getCanonicalPath() == null || violates(moved, request) ? null : moved;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    /** What a pseudo-header says now; null if it is as it was, or has been removed. */
    static @Nullable String changed(HeaderMap headers, String name, String original) {
        String value = headers.get(name);
        return value == null || value.equals(original) ? null : value;
    }

    private static HttpURI move(
            HttpURI.Mutable uri, @Nullable String path, @Nullable String authority, @Nullable String scheme) {
        if (path != null) {
            uri.clearViolations().pathQuery(path);
        }
        if (authority != null) {
            HostPort parsed = new HostPort(authority);
            uri.authority(parsed.getHost(), parsed.getPort());
        }
        if (scheme != null) {
            uri.scheme(scheme);
        }
        return uri.asImmutable();
    }

    private static boolean violates(HttpURI uri, Request request) {
        UriCompliance compliance =
                request.getConnectionMetaData().getHttpConfiguration().getUriCompliance();
        return uri.getViolations().stream().anyMatch(violation -> !compliance.allows(violation));
    }
}

package dev.proxywasm.internal.module.http;

import java.net.URI;
import java.util.Locale;

/** Parts of addresses, in one form each. */
public final class HttpAddress {

    private HttpAddress() {}

    /** For messages and logs: without user, password, query and fragment, which may hold secrets. */
    public static String display(URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return origin(uri) + path + (uri.getRawQuery() == null ? "" : "?***");
    }

    /** Scheme, host and port, in lower case, the port always written unless it is the scheme's own. */
    public static String origin(URI uri) {
        int port = uri.getPort() == defaultPort(uri) ? -1 : uri.getPort();
        return scheme(uri) + "://" + host(uri) + (port < 0 ? "" : ":" + port);
    }

    /** The scheme in lower case; empty if there is none. */
    static String scheme(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    /** The host in lower case, an IPv6 address in brackets; empty if there is none. */
    static String host(URI uri) {
        return uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    }

    /** The port that is connected to. */
    static int port(URI uri) {
        return uri.getPort() < 0 ? defaultPort(uri) : uri.getPort();
    }

    private static int defaultPort(URI uri) {
        return scheme(uri).equals("http") ? 80 : 443;
    }
}

package dev.proxywasm;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * A server that plugins may call, under the name that they call it by.
 *
 * <p>For gRPC, {@code http} means without TLS and {@code https} with it.
 *
 * @param uri scheme, host and, if it is not the scheme's own, port: {@code http://127.0.0.1:9000}
 * @param timeout how long one call may take, whatever the plugin asks for; the plugin's own limit holds as well
 */
public record UpstreamConfig(URI uri, Duration timeout) {

    /** The default: one minute. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);

    /**
     * Checks that the upstream can be called.
     *
     * @throws IllegalArgumentException naming what is wrong and what is expected
     */
    public UpstreamConfig {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean isServer = (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
        boolean isBare = (uri.getRawPath() == null
                        || uri.getRawPath().isEmpty()
                        || uri.getRawPath().equals("/"))
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && uri.getRawUserInfo() == null;
        if (!isServer || !isBare || uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new IllegalArgumentException(
                    "an upstream is http://host, http://host:port or the same with https, without path, query or user");
        }
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "timeout of an upstream is " + timeout + "; it must be more than 0 and at most a day");
        }
    }

    /** An upstream with the default time-out. */
    public UpstreamConfig(URI uri) {
        this(uri, DEFAULT_TIMEOUT);
    }

    /** Whether it is called through TLS. */
    public boolean isSecure() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /** The port, be it written or the scheme's own. */
    public int port() {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return isSecure() ? 443 : 80;
    }
}

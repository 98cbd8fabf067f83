package dev.proxywasm;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A server that plugins may call, under the name that they call it by.
 *
 * <p>For gRPC, {@code http} means without TLS and {@code https} with it.
 *
 * @param uri scheme, host and, if it is not the scheme's own, port: {@code http://127.0.0.1:9000}
 * @param timeout how long one call may take, whatever the plugin asks for; the plugin's own limit holds as well
 * @param tls whom to trust and who to be; without it, as the files say
 * @param tlsFiles the same, in files; without anything there, as the JVM is configured
 */
public record UpstreamConfig(URI uri, Duration timeout, Optional<UpstreamTls> tls, TlsFiles tlsFiles) {

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
        boolean hasFiles = !tlsFiles.equals(TlsFiles.NONE);
        if ((tls.isPresent() || hasFiles) && !scheme.equals("https")) {
            throw new IllegalArgumentException(
                    "an upstream with TLS of its own is https://host or https://host:port, but its uri is " + uri);
        }
        if (tls.isPresent() && hasFiles) {
            throw new IllegalArgumentException("an upstream has its TLS from files or from elsewhere; choose one");
        }
    }

    /** An upstream that is trusted, and trusts, as the JVM is configured. */
    public UpstreamConfig(URI uri, Duration timeout) {
        this(uri, timeout, Optional.empty(), TlsFiles.NONE);
    }

    /** An upstream with the default time-out. */
    public UpstreamConfig(URI uri) {
        this(uri, DEFAULT_TIMEOUT);
    }

    /**
     * The same upstream with TLS of its own, in place of any that it has.
     *
     * @throws IllegalArgumentException if it is not called through TLS
     */
    public UpstreamConfig withTls(UpstreamTls value) {
        return new UpstreamConfig(uri, timeout, Optional.of(value), TlsFiles.NONE);
    }

    /**
     * The same upstream with TLS of its own in files, in place of any that it has.
     *
     * @throws IllegalArgumentException if it is not called through TLS
     */
    public UpstreamConfig withTls(TlsFiles value) {
        return new UpstreamConfig(uri, timeout, Optional.empty(), value);
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

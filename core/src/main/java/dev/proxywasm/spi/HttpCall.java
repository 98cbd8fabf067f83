package dev.proxywasm.spi;

import dev.proxywasm.http.HeaderMap;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An HTTP call that a plugin asks for.
 *
 * <p>The components are what the plugin gave; the methods are what a client is to send, checked: a plugin can put anything into a header.
 *
 * @param upstream scheme, host and port of the server
 * @param tls how to speak TLS to it; empty for what the JVM is configured with, and without TLS
 * @param headers with {@code :method}, {@code :path} and {@code :authority}; owned by the client from here on
 * @param body to be sent; may be empty
 * @param trailers to be sent behind the body; mostly empty
 * @param timeout after which the host gives the call up by itself
 * @param maxBodyBytes body of an answer beyond which the call is to fail
 */
public record HttpCall(
        URI upstream,
        Optional<ClientTls> tls,
        HeaderMap headers,
        ByteBuffer body,
        HeaderMap trailers,
        Duration timeout,
        int maxBodyBytes) {

    /** Those that belong to a connection or frame a message, and are not the plugin's. */
    private static final Set<String> OF_CONNECTION = Set.of(
            "connection",
            "content-length",
            "expect",
            "http2-settings",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final Pattern TOKEN = Pattern.compile("[-!#$%&'*+.^_`|~0-9A-Za-z]+");
    private static final Pattern AUTHORITY = Pattern.compile("[-._~%!$&'()*+,;=:0-9A-Za-z\\[\\]]+");
    private static final Pattern VALUE = Pattern.compile("[\t -~\u0080-\u00ff]*");

    /** Whether the call goes through TLS. */
    public boolean secure() {
        return "https".equalsIgnoreCase(upstream.getScheme());
    }

    /**
     * The request method.
     *
     * @throws CalloutRefusedException if it is none that a call can have
     */
    public String method() {
        String method = required(":method");
        if (!TOKEN.matcher(method).matches() || method.equals("CONNECT")) {
            throw new CalloutRefusedException("a call cannot have that :method: " + shown(method));
        }
        return method;
    }

    /**
     * Whom the call is for, which need not be where it goes.
     *
     * @throws CalloutRefusedException if it is no host and port
     */
    public String authority() {
        String authority = required(":authority");
        if (!AUTHORITY.matcher(authority).matches()) {
            throw new CalloutRefusedException("a call cannot have that :authority: " + shown(authority));
        }
        return authority;
    }

    /**
     * Path and query, with every byte escaped that an URI may not hold; what is escaped already stays as it is.
     *
     * @throws CalloutRefusedException if it is no absolute path
     */
    public String target() {
        String path = required(":path");
        if (path.charAt(0) != '/') {
            throw new CalloutRefusedException(":path does not begin with '/'");
        }
        return PathText.escaped(path);
    }

    /**
     * The headers to send: without pseudo-headers, and without those that belong to a connection, which the client makes itself.
     *
     * @throws CalloutRefusedException naming the header that no HTTP message can have
     */
    public HeaderMap endToEndHeaders() {
        return endToEnd(headers, "header");
    }

    /**
     * The trailers to send, chosen as the headers are.
     *
     * @throws CalloutRefusedException naming the trailer that no HTTP message can have
     */
    public HeaderMap endToEndTrailers() {
        HeaderMap chosen = endToEnd(trailers, "trailer");
        chosen.remove("host");
        return chosen;
    }

    private String required(String name) {
        return Objects.requireNonNull(headers.get(name), name);
    }

    /** No message quotes the value, which may be a secret. */
    private static HeaderMap endToEnd(HeaderMap from, String what) {
        HeaderMap chosen = new HeaderMap(from.size());
        from.forEach((name, value) -> {
            if (HeaderMap.isPseudo(name) || OF_CONNECTION.contains(name)) {
                return;
            }
            if (!TOKEN.matcher(name).matches() || !VALUE.matcher(value).matches()) {
                throw new CalloutRefusedException(
                        "the " + what + " '" + shown(name) + "' has a name or a value that no HTTP message can have");
            }
            chosen.add(name, value);
        });
        return chosen;
    }

    private static String shown(String text) {
        return text.replaceAll("[^!-~]", "?");
    }
}

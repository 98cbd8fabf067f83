package dev.proxywasm.servlet;

import dev.proxywasm.http.TlsConnection;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a servlet container tells of the client's connection.
 *
 * <p>The Servlet API has attributes for the cipher suite, the session and the client's certificates, and from 6.1 on for the protocol; before,
 * each container has its own. It has none for the name that the client asked for, nor for the server's certificate. A certificate that is
 * shown to the application is one that the container's trust manager has accepted.
 */
final class ServletConnections {

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final String CIPHER_SUITE = "jakarta.servlet.request.cipher_suite";
    private static final String SESSION = "jakarta.servlet.request.ssl_session_id";
    private static final Pattern SUITE_OF_1_3 = Pattern.compile("TLS_(AES|CHACHA20)_.*");
    private static final List<String> PROTOCOLS =
            List.of("jakarta.servlet.request.secure_protocol", "org.apache.tomcat.util.net.secure_protocol_version");

    private ServletConnections() {}

    /**
     * The connection's number where the container gives it one, otherwise -1. Tomcat writes it in hexadecimal digits. To read other
     * containers' the same way makes other numbers of theirs, but still a different one for each connection.
     */
    static long id(HttpServletRequest request) {
        return number(request.getServletConnection().getConnectionId());
    }

    /** The number that up to 15 hexadecimal digits stand for, otherwise -1. */
    static long number(String id) {
        boolean isNumber = !id.isEmpty() && id.length() <= 15 && id.chars().allMatch(HexFormat::isHexDigit);
        return isNumber ? HexFormat.fromHexDigitsToLong(id) : -1;
    }

    /** The TLS that ends at this container; what a proxy before it says of its own is not asked. */
    static Optional<TlsConnection> tls(HttpServletRequest request) {
        if (request.getAttribute(CIPHER_SUITE) == null && request.getAttribute(SESSION) == null) {
            return Optional.empty();
        }
        X509Certificate peer = peer(request.getAttribute(CERTIFICATES));
        return Optional.of(new TlsConnection(protocol(request), "", null, peer, peer != null));
    }

    /** Where it is not said, the cipher suite tells: those of TLS 1.3 are its own. */
    private static String protocol(HttpServletRequest request) {
        for (String name : PROTOCOLS) {
            if (request.getAttribute(name) instanceof String protocol) {
                return protocol;
            }
        }
        boolean is13 = request.getAttribute(CIPHER_SUITE) instanceof String suite
                && SUITE_OF_1_3.matcher(suite).matches();
        return is13 ? "TLSv1.3" : "";
    }

    /** The first of a chain is the client's own. */
    private static @Nullable X509Certificate peer(@Nullable Object certificates) {
        return certificates instanceof X509Certificate[] chain && chain.length > 0 ? chain[0] : null;
    }
}

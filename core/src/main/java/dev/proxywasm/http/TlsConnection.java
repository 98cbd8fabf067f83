package dev.proxywasm.http;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of a client's connection, as far as the server tells it.
 *
 * @param version as {@code TLSv1.2} or {@code TLSv1.3}; empty if it is not known
 * @param serverName the name that the client asked for (SNI); empty if it is not known, or there was none
 * @param localCertificate the server's own, or null if it is not known
 * @param peerCertificate the client's, or null if it has shown none
 * @param isPeerValidated whether the server has checked the client's certificate and accepted it
 */
public record TlsConnection(
        String version,
        String serverName,
        @Nullable X509Certificate localCertificate,
        @Nullable X509Certificate peerCertificate,
        boolean isPeerValidated) {

    /** Whether both sides have proven who they are. */
    public boolean isMutual() {
        return peerCertificate != null && isPeerValidated;
    }
}

package dev.proxywasm.internal.property;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** What attributes say of a certificate; null for what it does not have, or where it cannot be read. */
final class Certificates {

    private static final int DNS_NAME = 2;
    private static final int URI = 6;
    private static final int PEM_LINE = 64;

    private Certificates() {}

    /** The subject in the form of RFC 2253. */
    static byte[] subject(X509Certificate certificate) {
        return certificate
                .getSubjectX500Principal()
                .getName(X500Principal.RFC2253)
                .getBytes(UTF_8);
    }

    /** The first alternative name that is a DNS name. */
    static byte @Nullable [] dnsName(X509Certificate certificate) {
        return alternativeName(certificate, DNS_NAME);
    }

    /** The first alternative name that is a URI. */
    static byte @Nullable [] uri(X509Certificate certificate) {
        return alternativeName(certificate, URI);
    }

    /** Names are pairs of a type and a value, which is a text for the types asked for here. */
    private static byte @Nullable [] alternativeName(X509Certificate certificate, int type) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                if (name.get(0).equals(type) && name.get(1) instanceof String text) {
                    return text.getBytes(UTF_8);
                }
            }
            return null;
        } catch (CertificateParsingException unreadable) {
            return null;
        }
    }

    /** SHA-256 of its DER form, as hex digits. */
    static @Nullable String sha256(X509Certificate certificate) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(certificate.getEncoded()));
        } catch (GeneralSecurityException unreadable) {
            return null;
        }
    }

    /** Its PEM form; characters that mean something in a URL, and line ends, as percent codes. */
    static @Nullable String urlEncodedPem(X509Certificate certificate) {
        try {
            String base64 =
                    Base64.getMimeEncoder(PEM_LINE, "\n".getBytes(US_ASCII)).encodeToString(certificate.getEncoded());
            return ("-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n")
                    .replace("\n", "%0A")
                    .replace(" ", "%20")
                    .replace("+", "%2B")
                    .replace("/", "%2F")
                    .replace("=", "%3D");
        } catch (GeneralSecurityException unreadable) {
            return null;
        }
    }
}

package dev.proxywasm;

import java.util.List;

/**
 * TLS of an upstream that is kept in PEM files: whom to trust, and who to be where the server asks for a certificate.
 *
 * <p>Files are named as modules are: by a path, relative to the configuration, {@code file:} or {@code classpath:}. The host reads them when
 * it starts, and again when they change or it reloads.
 *
 * @param caCertificates the file of the certificates that are trusted, and nothing else then; empty for what the JVM trusts
 * @param clientCertificate the file of the certificate to show, with those between it and its authority behind it; empty for none
 * @param privateKey the file of its key, not encrypted: PKCS #8, PKCS #1 or SEC 1; it may be the same file
 * @param protocols the protocols to speak, by their names in Java, such as {@code TLSv1.3}; empty for the JVM's
 * @param ciphers the ciphers to offer, likewise
 */
public record TlsFiles(
        String caCertificates,
        String clientCertificate,
        String privateKey,
        List<String> protocols,
        List<String> ciphers) {

    /** Nothing of its own: as the JVM is configured. */
    public static final TlsFiles NONE = new TlsFiles("", "", "", List.of(), List.of());

    /**
     * Checks that certificate and key are both there or none, and that files are named, not quoted.
     *
     * @throws IllegalArgumentException naming what is missing; without the content of any key
     */
    public TlsFiles {
        requireName("ca-certificates", caCertificates);
        requireName("client-certificate", clientCertificate);
        requireName("private-key", privateKey);
        if (clientCertificate.isEmpty() != privateKey.isEmpty()) {
            String missing = clientCertificate.isEmpty() ? "client-certificate" : "private-key";
            String present = clientCertificate.isEmpty() ? "private-key" : "client-certificate";
            throw new IllegalArgumentException("tls." + missing + " is missing beside tls." + present
                    + "; name its file, which may be the same one, or remove both");
        }
        protocols = List.copyOf(protocols);
        ciphers = List.copyOf(ciphers);
    }

    private static void requireName(String key, String file) {
        if (file.contains("-----BEGIN")) {
            throw new IllegalArgumentException(
                    "tls." + key + " is the content of a PEM file; write that to a file, and name the file here");
        }
    }

    /** The same files, with certificates to trust. */
    public TlsFiles withCaCertificates(String file) {
        return new TlsFiles(file, clientCertificate, privateKey, protocols, ciphers);
    }

    /** The same files, with a certificate to show and its key. */
    public TlsFiles withClientCertificate(String certificate, String key) {
        return new TlsFiles(caCertificates, certificate, key, protocols, ciphers);
    }
}

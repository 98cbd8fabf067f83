package dev.proxywasm.internal.tls;

import dev.proxywasm.TlsFiles;
import dev.proxywasm.internal.tls.TlsMaterial.Identity;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the files of one {@link TlsFiles}, and says what is wrong with them. */
final class MaterialReader {

    private final TlsFiles files;
    private final Path baseDirectory;
    private final ClassLoader classLoader;

    /** Reads nothing yet. */
    MaterialReader(TlsFiles files, Path baseDirectory, ClassLoader classLoader) {
        this.files = files;
        this.baseDirectory = baseDirectory;
        this.classLoader = classLoader;
    }

    /** The files that are in the file system, whether they exist or not. */
    Set<Path> paths() {
        Set<Path> paths = new LinkedHashSet<>();
        Stream.of(files.caCertificates(), files.clientCertificate(), files.privateKey())
                .filter(address -> !address.isEmpty())
                .forEach(address -> PemFile.pathOf(address, baseDirectory).ifPresent(paths::add));
        return paths;
    }

    /**
     * What is in them now.
     *
     * @throws UnusableTlsException naming key, file and cure
     */
    TlsMaterial read() throws UnusableTlsException {
        List<X509Certificate> trusted = files.caCertificates().isEmpty()
                ? List.of()
                : file("tls.ca-certificates", files.caCertificates()).certificates();
        return new TlsMaterial(
                trusted, files.clientCertificate().isEmpty() ? Optional.empty() : Optional.of(identity()));
    }

    private PemFile file(String key, String address) throws UnusableTlsException {
        return PemFile.read(key, address, baseDirectory, classLoader);
    }

    private Identity identity() throws UnusableTlsException {
        PemFile certificates = file("tls.client-certificate", files.clientCertificate());
        List<X509Certificate> chain = certificates.certificates();
        requireOrder(chain, certificates);
        PemFile keys = file("tls.private-key", files.privateKey());
        return new Identity(chain, key(keys, chain.get(0).getPublicKey(), certificates));
    }

    private static void requireOrder(List<X509Certificate> chain, PemFile file) throws UnusableTlsException {
        for (int i = 1; i < chain.size(); i++) {
            X509Certificate issued = chain.get(i - 1);
            if (!issued.getIssuerX500Principal().equals(chain.get(i).getSubjectX500Principal())) {
                throw file.problem(
                        "is in disorder: certificate " + (i + 1)
                                + " is not that of the issuer of the one before; put the certificate to show first, and behind each its issuer's");
            }
        }
    }

    private static PrivateKey key(PemFile file, PublicKey publicKey, PemFile certificates) throws UnusableTlsException {
        PemBlock block = file.privateKey();
        try {
            PrivateKey key = PrivateKeys.read(block, publicKey);
            if (PrivateKeys.belongTogether(key, publicKey)) {
                return key;
            }
        } catch (GeneralSecurityException ofAnotherKind) {
            // Their messages may quote what they failed to read.
        }
        throw file.problem("has no key of the first certificate in " + certificates.name()
                + "; name the files that were issued together, or wait until both are replaced");
    }
}

package dev.proxywasm.internal.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.proxywasm.internal.files.Address;
import dev.proxywasm.internal.files.ClasspathPlace;
import dev.proxywasm.internal.files.LocalPlace;
import dev.proxywasm.internal.files.PlaceException;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A PEM file that was read.
 *
 * @param key the configuration key that names it, for messages
 * @param name the file, for messages
 * @param blocks what is in it
 */
record PemFile(String key, String name, List<PemBlock> blocks) {

    private static final int MOST_BYTES = 1 << 20;
    private static final int SEQUENCE = 0x30;

    /**
     * Reads a file.
     *
     * @throws UnusableTlsException if it is not there, or is no PEM
     */
    static PemFile read(String key, String address, Path baseDirectory, ClassLoader classLoader)
            throws UnusableTlsException {
        String name = address;
        try {
            LocalPlace place = place(key, new Address(address), baseDirectory, classLoader);
            boolean saysAll = place.text().isEmpty() || place.text().equals(address);
            name = address + (saysAll ? "" : " (looked for at " + place.text() + ")");
            return of(key, name, place.read(MOST_BYTES));
        } catch (PlaceException e) {
            throw problem(key, name, e.getMessage() + cure(e.problem(), key), e.getCause());
        }
    }

    /** The file in the file system that an address means, if it means one. */
    static Optional<Path> pathOf(String address, Path baseDirectory) {
        Address known = new Address(address);
        try {
            return known.scheme().equals("file")
                    ? Optional.of(known.file(baseDirectory).file())
                    : Optional.empty();
        } catch (PlaceException noPath) {
            return Optional.empty();
        }
    }

    private static LocalPlace place(String key, Address address, Path baseDirectory, ClassLoader classLoader)
            throws PlaceException, UnusableTlsException {
        return switch (address.scheme()) {
            case "file" -> address.file(baseDirectory);
            case "classpath" -> new ClasspathPlace(address.afterScheme(), classLoader);
            default ->
                throw problem(key, address.text(), "is not on this machine; name a path, file: or classpath:", null);
        };
    }

    private static String cure(PlaceException.Problem problem, String key) {
        return switch (problem) {
            case MISSING -> "; create it, or correct '" + key + "'";
            case NO_RESOURCE -> ", or correct '" + key + "'";
            case DIRECTORY -> "; name the PEM file in it";
            case DENIED -> "; give it read permission";
            case TOO_LARGE -> "; a PEM file of certificates is not that large";
            case OTHER -> "";
        };
    }

    private static PemFile of(String key, String name, byte[] bytes) throws UnusableTlsException {
        if (bytes.length > 0 && bytes[0] == SEQUENCE) {
            throw problem(
                    key,
                    name,
                    "is binary, and no PEM; convert it: openssl x509 -inform der for a certificate, openssl pkey -inform der"
                            + " for a key, openssl pkcs12 -nodes for a key store",
                    null);
        }
        try {
            return new PemFile(key, name, PemBlock.all(new String(bytes, ISO_8859_1)));
        } catch (PemBlock.DamagedException damaged) {
            throw problem(
                    key, name, damaged.getMessage() + "; write it anew, by moving a whole file into its place", null);
        }
    }

    /**
     * All certificates, in order.
     *
     * @throws UnusableTlsException if there is none, or one cannot be read
     */
    List<X509Certificate> certificates() throws UnusableTlsException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : blocks) {
            if (block.isCertificate()) {
                certificates.add(certificate(block, certificates.size() + 1));
            }
        }
        if (certificates.isEmpty()) {
            throw problem("has no certificate, '-----BEGIN CERTIFICATE-----'; it has " + labels());
        }
        return certificates;
    }

    private X509Certificate certificate(PemBlock block, int number) throws UnusableTlsException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.content()));
        } catch (CertificateException e) {
            throw problem(key, name, "cannot be used: certificate " + number + " is damaged: " + e.getMessage(), e);
        }
    }

    /**
     * The first private key, which is in a form that is read.
     *
     * @throws UnusableTlsException if there is none, or it is in another form
     */
    PemBlock privateKey() throws UnusableTlsException {
        PemBlock block = blocks.stream()
                .filter(PemBlock::isPrivateKey)
                .findFirst()
                .orElseThrow(() -> problem("has no private key, '-----BEGIN PRIVATE KEY-----'; it has " + labels()));
        if (block.isEncrypted()) {
            throw problem("is encrypted with a password; take that away where only this process can read the file:"
                    + " openssl pkey -in encrypted.key -out tls.key");
        }
        if (!PrivateKeys.knows(block)) {
            throw problem("is of a kind that is not read, '" + block.label()
                    + "'; convert it to PKCS #8: openssl pkcs8 -topk8 -nocrypt -in other.key -out tls.key"
                    + " (ssh-keygen -p -m PKCS8 -f other.key for one of OpenSSH)");
        }
        return block;
    }

    private String labels() {
        return blocks.isEmpty()
                ? "no PEM block at all"
                : blocks.stream().map(PemBlock::label).distinct().collect(Collectors.joining(", ", "only: ", ""));
    }

    /** Something is wrong with it. */
    UnusableTlsException problem(String problem) {
        return problem(key, name, problem, null);
    }

    private static UnusableTlsException problem(String key, String name, String problem, @Nullable Throwable cause) {
        return new UnusableTlsException(key + ": " + name + " " + problem, cause);
    }
}

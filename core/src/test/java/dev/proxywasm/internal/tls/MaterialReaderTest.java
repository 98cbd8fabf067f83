package dev.proxywasm.internal.tls;

import static dev.proxywasm.testing.Certificate.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.proxywasm.TlsFiles;
import dev.proxywasm.testing.Certificate;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PEM files as tools write them, and as they should not be. */
class MaterialReaderTest {

    private static final TlsFiles TRUST = TlsFiles.NONE.withCaCertificates("ca.pem");
    private static final TlsFiles IDENTITY = TlsFiles.NONE.withClientCertificate("tls.crt", "tls.key");
    private static final HexFormat HEX = HexFormat.of();

    @TempDir
    static Path certificates;

    private static Certificate ec;
    private static Certificate rsa;
    private static Certificate authority;
    private static Certificate issued;

    @TempDir
    private Path base;

    @BeforeAll
    static void makeCertificates() throws Exception {
        ec = Certificate.of(certificates, "dns:ec.example");
        rsa = Certificate.of(certificates, "dns:rsa.example", "RSA");
        authority = Certificate.of(certificates, "dns:ca.example", "EC", "-ext", "bc:c");
        issued = authority.issue("dns:issued.example");
    }

    private TlsMaterial read(TlsFiles files) throws UnusableTlsException {
        return new MaterialReader(files, base, getClass().getClassLoader()).read();
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(base.resolve(file), content);
    }

    private void writeIdentity(String certificate, String key) throws IOException {
        write("tls.crt", certificate);
        write("tls.key", key);
    }

    private void assertRefused(TlsFiles files, String message) {
        assertThatThrownBy(() -> read(files))
                .isInstanceOf(UnusableTlsException.class)
                .hasMessage(message.replace("{base}", base.toString()));
    }

    /** The key within PKCS #8, behind its version and its algorithm: in PKCS #1 or SEC 1. */
    private static byte[] inner(Certificate certificate) throws GeneralSecurityException {
        ByteBuffer pkcs8 = content(ByteBuffer.wrap(certificate.key()));
        content(pkcs8);
        content(pkcs8);
        ByteBuffer key = content(pkcs8);
        byte[] bytes = new byte[key.remaining()];
        key.get(bytes);
        return bytes;
    }

    /** The content of the next element of DER. */
    private static ByteBuffer content(ByteBuffer der) {
        der.get();
        int size = der.get() & 0xFF;
        if (size > 0x80) {
            int bytes = size - 0x80;
            size = 0;
            for (int i = 0; i < bytes; i++) {
                size = size << 8 | der.get() & 0xFF;
            }
        }
        ByteBuffer content = der.slice(der.position(), size);
        der.position(der.position() + size);
        return content;
    }

    private static String rsaKey() throws GeneralSecurityException {
        return pem("RSA PRIVATE KEY", inner(rsa));
    }

    private static String ecKey() throws GeneralSecurityException {
        return pem("EC PRIVATE KEY", inner(ec));
    }

    @Test
    void readsKeysOfPkcs8() throws Exception {
        for (Certificate certificate : List.of(ec, rsa, Certificate.of(base, "dns:ed.example", "Ed25519"))) {
            writeIdentity(certificate.certificatePem(), certificate.keyPem());
            assertThat(read(IDENTITY).identity().orElseThrow().key().getEncoded())
                    .isEqualTo(certificate.key());
        }
    }

    @Test
    void readsKeysOfTheKindsThatCertManagerWrites() throws Exception {
        writeIdentity(rsa.certificatePem(), rsaKey());
        assertThat(read(IDENTITY).identity().orElseThrow().key().getEncoded()).isEqualTo(rsa.key());
        writeIdentity(ec.certificatePem(), ecKey());
        assertThat(read(IDENTITY).identity().orElseThrow().key().getAlgorithm()).isEqualTo("EC");
    }

    /** What openssl writes has the curve before the key, and says of certificates what they are. */
    @Test
    void readsPastWhatStandsBetweenBlocks() throws Exception {
        String curve = pem("EC PARAMETERS", HEX.parseHex("06082a8648ce3d030107"));
        String told = "subject=CN = ec.example\nissuer: itself\n";
        String all = (curve + ecKey() + told + ec.certificatePem()).replace("\n", "\r\n");
        write("all.pem", all);
        TlsMaterial material =
                read(TlsFiles.NONE.withClientCertificate("all.pem", "all.pem").withCaCertificates("all.pem"));
        assertThat(material.identity()).isPresent();
        assertThat(material.trusted()).hasSize(1);
        assertThat(material.toString())
                .matches("trusts only CN=dns:ec.example, shows CN=dns:ec.example, valid until 20.*Z");
        assertThat(material.context()).isNotNull();
    }

    @Test
    void readsSeveralAuthoritiesAndAChain() throws Exception {
        write("ca.pem", ec.certificatePem() + rsa.certificatePem());
        writeIdentity(issued.certificatePem() + authority.certificatePem(), issued.keyPem());
        TlsMaterial material = read(IDENTITY.withCaCertificates("ca.pem"));
        assertThat(material.trusted()).hasSize(2);
        assertThat(material.identity().orElseThrow().chain()).hasSize(2);
        assertThat(material.context()).isNotNull();
    }

    @Test
    void theLogHasTheFirstOfManyAuthorities() throws Exception {
        write("ca.pem", ec.certificatePem().repeat(3) + rsa.certificatePem().repeat(140));
        assertThat(read(TRUST).toString()).isEqualTo("trusts only " + "CN=dns:ec.example; ".repeat(3) + "and 140 more");
    }

    @Test
    void aChainInDisorderIsRefused() throws Exception {
        writeIdentity(issued.certificatePem() + ec.certificatePem(), issued.keyPem());
        assertRefused(
                IDENTITY,
                "tls.client-certificate: tls.crt (looked for at {base}/tls.crt) is in disorder: certificate 2 is not that of the"
                        + " issuer of the one before; put the certificate to show first, and behind each its issuer's");
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        String message =
                "tls.private-key: tls.key (looked for at {base}/tls.key) has no key of the first certificate in tls.crt"
                        + " (looked for at {base}/tls.crt); name the files that were issued together, or wait until both are replaced";
        for (String other : List.of(issued.keyPem(), rsa.keyPem(), rsaKey())) {
            writeIdentity(ec.certificatePem(), other);
            assertRefused(IDENTITY, message);
        }
        writeIdentity(rsa.certificatePem(), ecKey());
        assertRefused(IDENTITY, message);
    }

    @Test
    void aKeyThatIsEncryptedIsRefused() throws Exception {
        String message =
                "tls.private-key: tls.key (looked for at {base}/tls.key) is encrypted with a password; take that away"
                        + " where only this process can read the file: openssl pkey -in encrypted.key -out tls.key";
        writeIdentity(ec.certificatePem(), pem("ENCRYPTED PRIVATE KEY", new byte[40]));
        assertRefused(IDENTITY, message);
        writeIdentity(
                ec.certificatePem(),
                rsaKey().replaceFirst("\n", "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123456789ABCDEF\n\n"));
        assertRefused(IDENTITY, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DSA PRIVATE KEY", "OPENSSH PRIVATE KEY"})
    void aKeyOfAnotherFormIsRefused(String label) throws Exception {
        writeIdentity(ec.certificatePem(), pem(label, new byte[40]));
        assertRefused(
                IDENTITY,
                "tls.private-key: tls.key (looked for at {base}/tls.key) is of a kind that is not read, '" + label
                        + "'; convert it to PKCS #8: openssl pkcs8 -topk8 -nocrypt -in other.key -out tls.key"
                        + " (ssh-keygen -p -m PKCS8 -f other.key for one of OpenSSH)");
    }

    @Test
    void aFileWithoutWhatIsLookedForSaysWhatItHas() throws Exception {
        writeIdentity(ec.certificatePem(), ec.certificatePem());
        assertRefused(
                IDENTITY,
                "tls.private-key: tls.key (looked for at {base}/tls.key) has no private key, '-----BEGIN PRIVATE KEY-----'; it has"
                        + " only: CERTIFICATE");
        write("ca.pem", ec.keyPem());
        assertRefused(
                TRUST,
                "tls.ca-certificates: ca.pem (looked for at {base}/ca.pem) has no certificate, '-----BEGIN CERTIFICATE-----'; it has"
                        + " only: PRIVATE KEY");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            nothing                                       | has no certificate, '-----BEGIN CERTIFICATE-----'; it has no PEM block at all
            -----BEGIN CERTIFICATE-----                   | is cut off: block 1 has no end; write it anew, by moving a whole file into its place
            -----BEGIN X                                  | is cut off: block 1 has no end; write it anew, by moving a whole file into its place
            -----BEGIN A-----END A-----                   | is cut off: block 1 has no end; write it anew, by moving a whole file into its place
            -----BEGIN X-----?-----END X-----             | is damaged: block 1 is no base64; write it anew, by moving a whole file into its place
            0binary                                       | is binary, and no PEM; convert it: openssl x509 -inform der for a certificate, openssl pkey -inform der for a key, openssl pkcs12 -nodes for a key store
            """)
    void aFileThatIsNoPemIsRefused(String content, String problem) throws Exception {
        write("ca.pem", content);
        assertRefused(TRUST, "tls.ca-certificates: ca.pem (looked for at {base}/ca.pem) " + problem);
    }

    @Test
    void aCertificateThatIsNoneIsRefused() throws Exception {
        write("ca.pem", ec.certificatePem() + pem("CERTIFICATE", "no certificate".getBytes(StandardCharsets.US_ASCII)));
        assertThatThrownBy(() -> read(TRUST))
                .hasMessageStartingWith("tls.ca-certificates: ca.pem (looked for at " + base.resolve("ca.pem")
                        + ") cannot be used: certificate 2 is damaged: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            missing.pem             | missing.pem (looked for at {base}/missing.pem) does not exist; create it, or correct 'tls.ca-certificates'
            {base}/missing.pem      | {base}/missing.pem does not exist; create it, or correct 'tls.ca-certificates'
            file:missing.pem        | file:missing.pem (looked for at {base}/missing.pem) does not exist; create it, or correct 'tls.ca-certificates'
            classpath:missing.pem   | classpath:missing.pem is not on the class path; package it there as 'missing.pem', or correct 'tls.ca-certificates'
            .                       | . (looked for at {base}) is a directory; name the PEM file in it
            https://ca.example/pem  | https://ca.example/pem is not on this machine; name a path, file: or classpath:
            """)
    void anAddressThatLeadsNowhereIsRefused(String address, String problem) {
        String filled = address.replace("{base}", base.toString());
        assertRefused(TlsFiles.NONE.withCaCertificates(filled), "tls.ca-certificates: " + problem);
    }

    @Test
    void aFileThatMayNotBeReadIsRefused() throws Exception {
        write("ca.pem", ec.certificatePem());
        assumeThat(base.resolve("ca.pem").toFile().setReadable(false)).isTrue();
        assumeThat(Files.isReadable(base.resolve("ca.pem"))).as("not as root").isFalse();
        assertRefused(
                TRUST,
                "tls.ca-certificates: ca.pem (looked for at {base}/ca.pem) may not be read by this process; give it read permission");
    }

    @Test
    void aFileThatIsTooLargeIsRefused() throws Exception {
        Files.write(base.resolve("ca.pem"), new byte[(1 << 20) + 1]);
        assertRefused(
                TRUST,
                "tls.ca-certificates: ca.pem (looked for at {base}/ca.pem) is larger than 1048576 bytes; a PEM file of certificates"
                        + " is not that large");
    }

    @Test
    void readsFromTheClassPathAndWatchesFilesOnly() throws Exception {
        write("packed.pem", ec.certificatePem());
        TlsFiles files = TlsFiles.NONE
                .withCaCertificates("classpath:packed.pem")
                .withClientCertificate("tls.crt", "file:" + base.resolve("tls.key"));
        writeIdentity(ec.certificatePem(), ec.keyPem());
        try (URLClassLoader classes = new URLClassLoader(new URL[] {base.toUri().toURL()}, null)) {
            MaterialReader reader = new MaterialReader(files, base, classes);
            assertThat(reader.read().trusted()).hasSize(1);
            assertThat(reader.paths())
                    .containsExactly(
                            base.resolve("tls.crt").toAbsolutePath(),
                            base.resolve("tls.key").toAbsolutePath());
        }
    }

    @Test
    void whatIsOutOfItsTimeIsToldButUsed() throws Exception {
        Certificate expired = Certificate.of(base, "dns:old.example", "EC", "-startdate", "-2d", "-validity", "1");
        Certificate early = Certificate.of(base, "dns:new.example", "EC", "-startdate", "+2d");
        writeIdentity(expired.certificatePem(), expired.keyPem());
        write("ca.pem", early.certificatePem() + ec.certificatePem());
        List<String> told = read(IDENTITY.withCaCertificates("ca.pem")).untimely();
        assertThat(told).hasSize(2);
        assertThat(told.get(0))
                .matches("the certificate of CN=dns:old.example has expired, at 20.*Z; renew it, calls may fail");
        assertThat(told.get(1))
                .matches("the certificate of CN=dns:new.example is not valid before 20.*Z; calls may fail until then");
    }

    @Test
    void noMessageAndNoTextHasAKey() throws Exception {
        String key = ec.keyPem();
        assertThatThrownBy(() -> TlsFiles.NONE.withClientCertificate("tls.crt", key))
                .hasMessage(
                        "tls.private-key is the content of a PEM file; write that to a file, and name the file here");
        writeIdentity(ec.certificatePem(), key.replace("M", "?"));
        assertThatThrownBy(() -> read(IDENTITY)).hasMessageEndingWith("by moving a whole file into its place");
    }
}

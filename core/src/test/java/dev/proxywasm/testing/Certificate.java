package dev.proxywasm.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate that signs itself, or that such a one has issued, made by the JDK's {@code keytool}. */
public final class Certificate {

    /** Of every file. */
    public static final String PASSWORD = "changeit";

    private static final String FIRST = "server";

    private final Path file;
    private final KeyStore keys;
    private final String alias;

    private Certificate(Path file, String alias) throws IOException, GeneralSecurityException {
        this.file = file;
        this.alias = alias;
        this.keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
    }

    /** A certificate for that alternative name, such as {@code ip:127.0.0.1}. */
    public static Certificate of(Path directory, String name)
            throws IOException, GeneralSecurityException, InterruptedException {
        return of(directory, name, "EC");
    }

    /** The same with a key of that algorithm, and what else the tool is to do. */
    public static Certificate of(Path directory, String name, String algorithm, String... more)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path file = directory.resolve(name.replace(':', '-') + "-" + algorithm + ".p12");
        generate(file, FIRST, name, algorithm, more);
        return new Certificate(file, FIRST);
    }

    /** One that this one has issued, whose own options must have made it an authority ({@code -ext bc:c}). */
    public Certificate issue(String name) throws IOException, GeneralSecurityException, InterruptedException {
        generate(file, name, name, "EC", "-signer", alias);
        return new Certificate(file, name);
    }

    private static void generate(Path file, String alias, String name, String algorithm, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-keyalg", algorithm, "-alias", alias));
        command.addAll(List.of("-dname", "CN=" + name, "-ext", "san=" + name));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", file.toString()));
        command.addAll(List.of(more));
        Process tool = new ProcessBuilder(command).inheritIO().start();
        if (!tool.waitFor(20, TimeUnit.SECONDS) || tool.exitValue() != 0) {
            throw new AssertionError("keytool made no certificate");
        }
    }

    /** A key store with key and certificate; it does as a trust store as well. */
    public Path file() {
        return file;
    }

    /** The certificate, as PEM. */
    public String certificatePem() throws GeneralSecurityException {
        return pem("CERTIFICATE", keys.getCertificate(alias).getEncoded());
    }

    /** Its key, as PEM of PKCS #8. */
    public String keyPem() throws GeneralSecurityException {
        return pem("PRIVATE KEY", key());
    }

    /** Its key, in PKCS #8. */
    public byte[] key() throws GeneralSecurityException {
        return keys.getKey(alias, PASSWORD.toCharArray()).getEncoded();
    }

    /** A block of PEM. */
    public static String pem(String label, byte[] content) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }

    /** Shows it, and trusts it alone. */
    public SSLContext context() throws GeneralSecurityException {
        return contextTrusting(this);
    }

    /** Shows it, and trusts another one alone. */
    public SSLContext contextTrusting(Certificate other) throws GeneralSecurityException {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        return context(own.getKeyManagers(), other);
    }

    /** Shows nothing, and trusts it alone. */
    public SSLContext trust() throws GeneralSecurityException {
        return context(null, this);
    }

    private static SSLContext context(KeyManager[] own, Certificate other) throws GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try {
            trusted.load(null, null);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        trusted.setCertificateEntry(FIRST, other.keys.getCertificate(other.alias));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own, trust.getTrustManagers(), null);
        return context;
    }
}

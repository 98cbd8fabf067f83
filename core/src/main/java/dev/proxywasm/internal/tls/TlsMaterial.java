package dev.proxywasm.internal.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What was in the files.
 *
 * @param trusted the certificates to trust; empty for what the JVM trusts
 * @param identity who to be, if anyone
 */
record TlsMaterial(List<X509Certificate> trusted, Optional<Identity> identity) {

    private static final int MOST_NAMES = 3;

    /** Of a key store that is never written. */
    private static final char[] PASSWORD = "unused".toCharArray();

    /**
     * A certificate and its key.
     *
     * @param chain the certificate, and behind each the one that it was issued by
     * @param key that of the first
     */
    record Identity(List<X509Certificate> chain, PrivateKey key) {
        /** Without the key. */
        @Override
        public String toString() {
            return nameOf(chain.get(0)) + ", valid until "
                    + chain.get(0).getNotAfter().toInstant();
        }
    }

    private static String nameOf(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    /** For the log: which certificates are out of their time. Whether they are accepted is for the other side, and the JDK, to say. */
    List<String> untimely() {
        List<String> problems = new ArrayList<>();
        Stream.concat(identity.stream().flatMap(own -> own.chain().stream()), trusted.stream())
                .forEach(certificate -> {
                    try {
                        certificate.checkValidity();
                    } catch (CertificateExpiredException e) {
                        problems.add("the certificate of " + nameOf(certificate) + " has expired, at "
                                + certificate.getNotAfter().toInstant() + "; renew it, calls may fail");
                    } catch (CertificateNotYetValidException e) {
                        problems.add("the certificate of " + nameOf(certificate) + " is not valid before "
                                + certificate.getNotBefore().toInstant() + "; calls may fail until then");
                    }
                });
        return problems;
    }

    /** For the log: of many authorities the first ones. */
    @Override
    public String toString() {
        return trust() + identity.map(own -> ", shows " + own).orElse("");
    }

    private String trust() {
        if (trusted.isEmpty()) {
            return "trusts what the JVM trusts";
        }
        String names =
                trusted.stream().limit(MOST_NAMES).map(TlsMaterial::nameOf).collect(Collectors.joining("; "));
        int more = trusted.size() - MOST_NAMES;
        return "trusts only " + names + (more > 0 ? "; and " + more + " more" : "");
    }

    /** Speaks TLS with it. */
    SSLContext context() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(), trustManagers(), null);
        return context;
    }

    /** Null has the JDK take what the JVM trusts. */
    private TrustManager @Nullable [] trustManagers() throws GeneralSecurityException {
        if (trusted.isEmpty()) {
            return null;
        }
        KeyStore store = emptyStore();
        for (int i = 0; i < trusted.size(); i++) {
            store.setCertificateEntry("trusted-" + i, trusted.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** Null shows nothing. */
    private KeyManager @Nullable [] keyManagers() throws GeneralSecurityException {
        if (identity.isEmpty()) {
            return null;
        }
        KeyStore store = emptyStore();
        Identity own = identity.get();
        store.setKeyEntry("own", own.key(), PASSWORD, own.chain().toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException impossible) {
            throw new GeneralSecurityException(impossible);
        }
    }
}

package dev.proxywasm.spi;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * How TLS is spoken to a server: whom to trust, and who to be where the server asks for a certificate.
 *
 * <p>Each object is an identity of its own, whatever it holds: what one has connected, no other uses. Immutable.
 */
public final class ClientTls {

    private final SSLContext context;
    private final List<String> protocols;
    private final List<String> ciphers;

    private ClientTls(SSLContext context, Collection<String> protocols, Collection<String> ciphers) {
        this.context = context;
        this.protocols = List.copyOf(protocols);
        this.ciphers = List.copyOf(ciphers);
    }

    /** With the protocols and ciphers that the context has by default. */
    public static ClientTls of(SSLContext context) {
        return new ClientTls(context, List.of(), List.of());
    }

    /**
     * With some protocols and ciphers only.
     *
     * @param protocols by their names in Java, such as {@code TLSv1.3}; empty for those of the context
     * @param ciphers likewise, such as {@code TLS_AES_256_GCM_SHA384}
     * @throws IllegalArgumentException naming the one that the context does not know
     */
    public static ClientTls of(SSLContext context, Collection<String> protocols, Collection<String> ciphers) {
        requireSupported(
                "protocol", protocols, context.getSupportedSSLParameters().getProtocols());
        requireSupported("cipher", ciphers, context.getSupportedSSLParameters().getCipherSuites());
        return new ClientTls(context, protocols, ciphers);
    }

    private static void requireSupported(String what, Collection<String> wanted, String[] supported) {
        List<String> known = Arrays.asList(supported);
        for (String name : wanted) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("the TLS " + what + " '" + name
                        + "' is unknown to this JVM; known are: " + String.join(", ", known));
            }
        }
    }

    /** Trust and keys. */
    public SSLContext context() {
        return context;
    }

    /** The protocols to speak; empty for those that the context has by default. */
    public List<String> protocols() {
        return protocols;
    }

    /** The ciphers to offer, likewise. */
    public List<String> ciphers() {
        return ciphers;
    }
}

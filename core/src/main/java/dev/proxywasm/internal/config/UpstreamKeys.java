package dev.proxywasm.internal.config;

import dev.proxywasm.UpstreamConfig;
import java.util.List;

/** The keys of an upstream. */
final class UpstreamKeys {

    /** One row for each key. */
    static final List<Key<UpstreamDraft, ?>> TABLE = List.of(
            new Key<>(
                    "uri",
                    Values.URI_REFERENCE,
                    Key.REQUIRED,
                    "scheme, host and port of the server, such as http://127.0.0.1:9000",
                    (d, v) -> d.uri = v),
            new Key<>(
                    "timeout",
                    Quantities.DURATION,
                    "1m",
                    "how long one call may take, whatever the plugin asks for",
                    (d, v) -> d.timeout = v),
            new Key<>(
                    "tls.ca-certificates",
                    Values.TEXT,
                    "(what the JVM trusts)",
                    "PEM file of the certificates that are trusted, and no others then",
                    (d, v) -> d.caCertificates = v),
            new Key<>(
                    "tls.client-certificate",
                    Values.TEXT,
                    "(none)",
                    "PEM file of the certificate to show to a server that asks for one, its intermediates behind it",
                    (d, v) -> d.clientCertificate = v),
            new Key<>(
                    "tls.private-key",
                    Values.TEXT,
                    "(none)",
                    "PEM file of its key, without a password; it may be the same file",
                    (d, v) -> d.privateKey = v),
            new Key<>(
                    "tls.protocols",
                    Values.LIST,
                    "(the JVM's)",
                    "the versions of TLS to speak, such as TLSv1.3",
                    (d, v) -> d.protocols = v),
            new Key<>(
                    "tls.ciphers",
                    Values.LIST,
                    "(the JVM's)",
                    "the cipher suites to offer, by their names in Java, such as TLS_AES_256_GCM_SHA384",
                    (d, v) -> d.ciphers = v));

    private static final Binder<UpstreamDraft> BINDER = new Binder<>(TABLE);

    private UpstreamKeys() {}

    /** An upstream from a mapping of these keys. */
    static UpstreamConfig read(Located value) {
        UpstreamDraft draft = new UpstreamDraft();
        BINDER.bind(value, draft);
        return value.whole(draft::build);
    }
}

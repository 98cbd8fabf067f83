package dev.proxywasm.internal.config;

import dev.proxywasm.TlsFiles;
import dev.proxywasm.UpstreamConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** An upstream whose keys are being read. */
final class UpstreamDraft implements Draft {

    URI uri = URI.create("http://unnamed");
    Duration timeout = UpstreamConfig.DEFAULT_TIMEOUT;
    String caCertificates = "";
    String clientCertificate = "";
    String privateKey = "";
    List<String> protocols = List.of();
    List<String> ciphers = List.of();

    /** TLS can only be judged as a whole. */
    @Override
    public void check() {
        plain();
    }

    private UpstreamConfig plain() {
        return new UpstreamConfig(uri, timeout);
    }

    /**
     * The upstream as it is configured.
     *
     * @throws IllegalArgumentException naming what is missing or does not fit
     */
    UpstreamConfig build() {
        return plain().withTls(new TlsFiles(caCertificates, clientCertificate, privateKey, protocols, ciphers));
    }
}

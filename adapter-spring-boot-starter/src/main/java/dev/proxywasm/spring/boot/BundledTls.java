package dev.proxywasm.spring.boot;

import dev.proxywasm.UpstreamTls;
import dev.proxywasm.spi.ClientTls;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** The TLS of an SSL bundle, which it follows. */
final class BundledTls implements UpstreamTls {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.spring");

    private final String name;
    private volatile ClientTls current;

    /**
     * Loads the bundle.
     *
     * @throws NoSuchSslBundleException if there is none
     * @throws RuntimeException of whatever kind if it cannot be loaded
     */
    BundledTls(SslBundles bundles, String name) {
        this.name = name;
        this.current = tls(bundles.getBundle(name));
        bundles.addBundleUpdateHandler(name, this::follow);
    }

    private void follow(SslBundle changed) {
        try {
            current = tls(changed);
            LOG.info("the SSL bundle '{}' has changed; calls of plugins use it as it is now", name);
        } catch (RuntimeException unusable) {
            LOG.error("the SSL bundle '{}' has changed and cannot be used; calls use it as it was", name, unusable);
        }
    }

    private static ClientTls tls(SslBundle bundle) {
        return ClientTls.of(
                bundle.createSslContext(),
                listed(bundle.getOptions().getEnabledProtocols()),
                listed(bundle.getOptions().getCiphers()));
    }

    /** Spring has null for all. */
    private static List<String> listed(String @Nullable [] names) {
        return names == null ? List.of() : List.of(names);
    }

    @Override
    public ClientTls current() {
        return current;
    }
}

package dev.proxywasm.spring.boot;

import dev.proxywasm.ConfigurationException;
import dev.proxywasm.UpstreamTls;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;

/**
 * The SSL bundles that upstreams name. There is one {@link UpstreamTls} for each as long as the host lives, so that a reload of the host finds
 * an upstream as it was. Called by one thread at a time.
 */
final class UpstreamBundles {

    private final SslBundles bundles;
    private final Map<String, UpstreamTls> known = new HashMap<>();

    UpstreamBundles(SslBundles bundles) {
        this.bundles = bundles;
    }

    /**
     * The TLS of a bundle.
     *
     * @param key the property that names it, for messages
     * @throws ConfigurationException if there is no such bundle, or it cannot be loaded
     */
    UpstreamTls named(String bundle, String key) {
        try {
            return known.computeIfAbsent(bundle, name -> new BundledTls(bundles, name));
        } catch (NoSuchSslBundleException unknown) {
            List<String> names = bundles.getBundleNames();
            throw new ConfigurationException(
                    ConfigSource.ORIGIN + ": " + key + ": there is no SSL bundle '" + bundle + "'; known are: "
                            + (names.isEmpty() ? "none" : String.join(", ", names)),
                    unknown);
        } catch (RuntimeException unusable) {
            throw new ConfigurationException(
                    ConfigSource.ORIGIN + ": " + key + ": the SSL bundle '" + bundle + "' cannot be used: "
                            + reasons(unusable),
                    unusable);
        }
    }

    /** The outermost of Spring's says what was being read, the innermost what is wrong with it. */
    private static String reasons(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root == failure ? String.valueOf(failure.getMessage()) : failure.getMessage() + ": " + root.getMessage();
    }
}

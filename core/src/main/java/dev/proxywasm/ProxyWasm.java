package dev.proxywasm;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpExchange;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.spi.Metric;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A Proxy-Wasm host: plugins that are loaded and started, ready to filter HTTP exchanges.
 *
 * <p>Safe for use by several threads. Owns everything that it started; close it when the server stops.
 */
public interface ProxyWasm extends AutoCloseable {

    /**
     * Loads and starts every plugin, with the default services.
     *
     * @param config the plugins and how they are used
     * @param classLoader where {@code classpath:} modules are found
     * @throws ConfigurationException if the TLS of an upstream cannot be used
     * @throws PluginLoadException if a module cannot be used and its plugin's policy is {@link FailurePolicy#CLOSED}
     * @throws PluginStartException if a plugin does not start and its policy is {@link FailurePolicy#CLOSED}
     */
    static ProxyWasm start(ProxyWasmConfig config, ClassLoader classLoader) {
        return builder().config(config).classLoader(classLoader).start();
    }

    /** Begins a host whose services can be chosen. */
    static ProxyWasmBuilder builder() {
        return new ProxyWasmBuilder();
    }

    /**
     * Opens the stream of an exchange through the plugins that match it.
     *
     * @param exchange what the server knows besides headers and bodies
     * @param requestHeaders with {@code :authority}, {@code :path}, {@code :method} and {@code :scheme} first; the others may be added
     *     until they are pushed, from when on the stream owns the map
     * @throws IllegalStateException if the host is closed
     */
    HttpStream newStream(HttpExchange exchange, HeaderMap requestHeaders);

    /** What it is configured with at present. */
    ProxyWasmConfig config();

    /**
     * How each plugin is doing, in the order in which requests meet them. Does not wait for guests, and may be asked after {@link #close}
     * too.
     */
    List<PluginStatus> plugins();

    /** The metrics that plugins have defined, in the order of definition; their values live on. */
    List<Metric> metrics();

    /**
     * Reads the configuration, the modules and files of TLS again, and puts what has changed in the place of what runs: each changed plugin is loaded
     * and started beside the old one, and gets the requests that begin from then on. Requests under way end with the old one, which is
     * closed when they have, or when {@link ReloadConfig#drainTimeout()} is over. Returns before that.
     *
     * <p>If anything of it cannot be used, everything goes on as it was; only certificates of upstreams are renewed where they can be, which
     * starts no plugin anew. Reloads take turns.
     *
     * @return the names of the plugins that were added, replaced or removed; empty if nothing has changed
     * @throws ConfigurationException if the configuration or TLS of an upstream cannot be read or used
     * @throws PluginLoadException if a module cannot be used and its plugin's policy is {@link FailurePolicy#CLOSED}
     * @throws PluginStartException if a plugin does not start and its policy is {@link FailurePolicy#CLOSED}
     * @throws IllegalStateException if the host is closed
     */
    List<String> reload();

    /**
     * How the last reload went that found a change or failed, whoever asked for it, or that found what had failed before put right; empty
     * before the first.
     */
    Optional<ReloadOutcome> lastReload();

    /**
     * Has {@code listener} called after each reload that {@link #lastReload()} tells of, as long as the host lives, by the thread that
     * reloads: it must not wait. What it throws is logged.
     */
    void onReload(Consumer<ReloadOutcome> listener);

    /** Stops the plugins and releases everything. Streams under way end by their failure policy. Calling it again does nothing. */
    @Override
    void close();
}

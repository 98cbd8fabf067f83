package dev.proxywasm.jetty;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.spi.Metric;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.annotation.ManagedAttribute;
import org.eclipse.jetty.util.annotation.ManagedObject;
import org.eclipse.jetty.util.annotation.ManagedOperation;
import org.eclipse.jetty.util.component.DumpableCollection;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests and responses of the handler below it through Proxy-Wasm plugins.
 *
 * <pre>{@code
 * ProxyWasmHandler filters = new ProxyWasmHandler(ProxyWasmConfigReader.yaml(Path.of("proxy-wasm.yaml")));
 * filters.setHandler(application);
 * server.setHandler(filters);
 * }</pre>
 *
 * <p>It holds no thread while a plugin pauses or a client is slow. It may stand above any handler, that of a servlet context included; to
 * rewrite a path into another context it has to stand above both. Requests that the handler below does not accept are left to others, as
 * they came, unless a plugin has read their body.
 *
 * <p>A host that was made from a configuration starts and stops with the handler, and the server does not start if a plugin does not. What
 * is set is set before the start.
 */
@ManagedObject("Sends requests and responses through Proxy-Wasm plugins")
public final class ProxyWasmHandler extends Handler.Wrapper {

    private final ExchangeCounts counts = new ExchangeCounts();
    private @Nullable ProxyWasmConfig config;
    private @Nullable ProxyWasm given;
    private @Nullable ClassLoader classLoader;
    private volatile @Nullable ProxyWasm host;

    /** A handler that has to be given a configuration or a host before it starts. */
    public ProxyWasmHandler() {}

    /** Over a host of that configuration, which starts and stops with the handler. */
    public ProxyWasmHandler(ProxyWasmConfig config) {
        setConfig(config);
    }

    /** Over a host that the caller has started, owns and closes, after the handler is out of use. */
    public ProxyWasmHandler(ProxyWasm host) {
        setHost(host);
    }

    /**
     * Sets the plugins, for a host that starts and stops with the handler.
     *
     * @throws IllegalStateException if the handler has started
     */
    public void setConfig(ProxyWasmConfig config) {
        requireNotStarted();
        this.config = Objects.requireNonNull(config, "config");
        this.given = null;
    }

    /**
     * Sets a host that the caller owns.
     *
     * @throws IllegalStateException if the handler has started
     */
    public void setHost(ProxyWasm host) {
        requireNotStarted();
        this.given = Objects.requireNonNull(host, "host");
        this.config = null;
    }

    /**
     * Sets where {@code classpath:} modules are found; otherwise it is the context class loader of the thread that starts the handler.
     *
     * @throws IllegalStateException if the handler has started
     */
    public void setClassLoader(ClassLoader classLoader) {
        requireNotStarted();
        this.classLoader = Objects.requireNonNull(classLoader, "classLoader");
    }

    private void requireNotStarted() {
        if (isStarted() || isStarting()) {
            throw new IllegalStateException("the Proxy-Wasm handler has started; stop it before it is set up anew");
        }
    }

    /** The running host; null if the handler does not run. */
    public @Nullable ProxyWasm getHost() {
        return host;
    }

    @Override
    protected void doStart() throws Exception {
        ProxyWasm started = given == null ? ProxyWasm.start(configured(), classLoader()) : given;
        host = started;
        installBean(started, false);
        try {
            super.doStart();
        } catch (Throwable failed) {
            release();
            throw failed;
        }
    }

    private ProxyWasmConfig configured() {
        ProxyWasmConfig present = config;
        if (present == null) {
            throw new IllegalStateException(
                    "the Proxy-Wasm handler has no plugins; give it a configuration or a host: setConfig, setHost");
        }
        return present;
    }

    private ClassLoader classLoader() {
        ClassLoader chosen = classLoader == null ? Thread.currentThread().getContextClassLoader() : classLoader;
        return chosen == null ? ProxyWasmHandler.class.getClassLoader() : chosen;
    }

    @Override
    protected void doStop() throws Exception {
        try {
            super.doStop();
        } finally {
            release();
        }
    }

    private void release() {
        ProxyWasm running = host;
        host = null;
        if (running != null) {
            removeBean(running);
            if (running != given) {
                running.close();
            }
        }
    }

    /** Blocking: guest code may run for as long as its time limit, and the handler below may do what it likes. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Handler application = getHandler();
        ProxyWasm running = host;
        if (application == null || running == null) {
            return false;
        }
        if (!running.config().enabled() || running.config().plugins().isEmpty()) {
            return application.handle(request, response, callback);
        }
        return new JettyExchange(running, counts, application, request, response, callback).handle();
    }

    /** The names of the plugins, in the order of their declaration. */
    @ManagedAttribute(value = "The names of the plugins, in the order of their declaration", readonly = true)
    public List<String> getPlugins() {
        ProxyWasm running = host;
        return running == null
                ? List.of()
                : running.config().plugins().stream().map(PluginConfig::name).toList();
    }

    /** How many requests have come, since the start or {@link #resetCount}. */
    @ManagedAttribute(value = "The number of requests that have come", readonly = true)
    public long getExchanges() {
        return counts.allExchanges();
    }

    /** How many requests are under way. */
    @ManagedAttribute(value = "The number of requests under way", readonly = true)
    public int getActiveExchanges() {
        return counts.activeExchanges();
    }

    /** How many directions of requests wait for a plugin that has paused them, without a thread. */
    @ManagedAttribute(value = "The number of pauses under way, which hold no thread", readonly = true)
    public int getPausedExchanges() {
        return counts.pausedExchanges();
    }

    /** The metrics that plugins have defined, one a line: type, name and value. */
    @ManagedOperation(value = "The metrics that plugins have defined: type, name and value", impact = "INFO")
    public List<String> metrics() {
        ProxyWasm running = host;
        return running == null
                ? List.of()
                : running.metrics().stream().map(ProxyWasmHandler::line).toList();
    }

    /**
     * Reads the configuration and the modules again: {@link ProxyWasm#reload()}. The names of the plugins that have changed.
     *
     * @throws IllegalStateException if the handler does not run
     */
    @ManagedOperation(value = "Reads the configuration and the modules again", impact = "ACTION")
    public List<String> reload() {
        ProxyWasm running = host;
        if (running == null) {
            throw new IllegalStateException("the Proxy-Wasm handler does not run");
        }
        return running.reload();
    }

    /** Begins to count the requests anew. */
    @ManagedOperation(value = "Begins to count the requests anew", impact = "ACTION")
    public void resetCount() {
        counts.reset();
    }

    private static String line(Metric metric) {
        return metric.type() + " " + metric.name() + " " + Long.toUnsignedString(metric.value());
    }

    @Override
    public void dump(Appendable out, String indent) throws IOException {
        dumpObjects(
                out,
                indent,
                new DumpableCollection("plugins", getPlugins()),
                "exchanges active=" + getActiveExchanges() + " paused=" + getPausedExchanges());
    }
}

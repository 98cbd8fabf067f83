package dev.proxywasm;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpExchange;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.internal.reload.FileState;
import dev.proxywasm.internal.stream.PluginChain;
import dev.proxywasm.internal.stream.PluginRoute;
import dev.proxywasm.internal.vm.HostServices;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The plugins of a host between one reload and the next. A plugin that has not changed belongs to several generations in turn, and is
 * closed with the last of them.
 *
 * <p>Any thread.
 */
final class Generation {

    private final ProxyWasmConfig config;
    private final HostServices services;
    private final List<HostedPlugin> plugins;
    private final FileState filesWhenRead;
    private final Set<Path> files;
    private final boolean mayChangeElsewhere;
    private final PluginChain chain;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * The plugins in the order of their declaration, each of which has a share for this generation.
     *
     * @param services what its VMs were started with
     * @param files what its configuration and modules were read from
     * @param filesWhenRead what those looked like before
     * @param mayChangeElsewhere whether a module may change, or come within reach, where no file tells of it
     */
    Generation(
            ProxyWasmConfig config,
            HostServices services,
            List<HostedPlugin> declared,
            Set<Path> files,
            FileState filesWhenRead,
            boolean mayChangeElsewhere) {
        this.mayChangeElsewhere = mayChangeElsewhere;
        this.filesWhenRead = filesWhenRead;
        this.config = config;
        this.services = services;
        this.files = files;
        this.plugins = declared.stream()
                .sorted(Comparator.comparing(HostedPlugin::config, PluginChain.ORDER))
                .toList();
        List<PluginRoute> routes =
                declared.stream().flatMap(plugin -> plugin.route().stream()).toList();
        this.chain = new PluginChain(routes, services);
    }

    ProxyWasmConfig config() {
        return config;
    }

    HostServices services() {
        return services;
    }

    /** The files and directories that its configuration and modules were read from, or would have been. */
    Set<Path> files() {
        return files;
    }

    /** What those looked like before they were read. */
    FileState filesWhenRead() {
        return filesWhenRead;
    }

    /** Whether a registry has to be asked to know whether a module has changed, or can be had by now. */
    boolean mayChangeElsewhere() {
        return mayChangeElsewhere;
    }

    /** How each plugin is doing, in the order in which requests meet them. */
    List<PluginStatus> status() {
        return plugins.stream().map(HostedPlugin::status).toList();
    }

    /** The plugin of that name. */
    Optional<HostedPlugin> plugin(String name) {
        return plugins.stream()
                .filter(plugin -> plugin.config().name().equals(name))
                .findFirst();
    }

    /** A stream through the plugins; null if this generation is out of use. */
    @Nullable
    HttpStream open(HttpExchange exchange, HeaderMap requestHeaders) {
        return chain.open(exchange, requestHeaders);
    }

    /** The names of plugins that the next generation does not have, or has anew, and of those that only it has. */
    List<String> changesUntil(Generation next) {
        Stream<String> gone = plugins.stream()
                .filter(plugin -> !next.plugins.contains(plugin))
                .map(plugin -> plugin.config().name());
        Stream<String> come = next.plugins.stream()
                .filter(plugin -> !plugins.contains(plugin))
                .map(plugin -> plugin.config().name());
        return Stream.concat(gone, come).distinct().sorted().toList();
    }

    /** Lets no more streams in; {@code whenDrained} is run once the last of those under way has ended. */
    void retire(Runnable whenDrained) {
        chain.retire(whenDrained);
    }

    /** Gives up its share in each plugin. Streams under way of one that is closed by that end by its failure policy. */
    void close() {
        if (closed.compareAndSet(false, true)) {
            plugins.forEach(HostedPlugin::release);
        }
    }
}

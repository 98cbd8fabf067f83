package dev.proxywasm.internal.stream;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpExchange;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.internal.vm.HostServices;
import dev.proxywasm.internal.vm.VmPool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All plugins of a host in the order in which requests meet them: phase, then priority, then declaration. */
public final class PluginChain {

    /** The order in which requests meet plugins, but for the order of their declaration. */
    public static final Comparator<PluginConfig> ORDER =
            Comparator.comparing(PluginConfig::phase).thenComparing(PluginConfig::priority, Comparator.reverseOrder());

    private final List<PluginRoute> routes;
    private final HostServices services;
    private final OpenStreams streams = new OpenStreams();
    private final boolean asksForPorts;

    /** What every request gets; null if that depends on the request. */
    private final @Nullable List<VmPool> always;

    /** A chain of plugins given in the order of their declaration. */
    public PluginChain(List<PluginRoute> declared, HostServices services) {
        this.routes = declared.stream()
                .sorted(Comparator.comparing(PluginRoute::plugin, ORDER))
                .toList();
        this.services = services;
        this.asksForPorts = declared.stream().anyMatch(PluginRoute::asksForPorts);
        this.always = routes.stream().allMatch(PluginRoute::isForAll)
                ? routes.stream().map(PluginRoute::pool).toList()
                : null;
    }

    /** Opens a stream through the plugins that are for a request; null if the chain is out of use. */
    public @Nullable HttpStream open(HttpExchange exchange, HeaderMap requestHeaders) {
        if (!streams.open()) {
            return null;
        }
        HttpStream opened = null;
        try {
            List<VmPool> plugins = always == null ? matching(exchange, requestHeaders) : always;
            opened = new DefaultHttpStream(plugins, exchange, requestHeaders, services, streams);
            return opened;
        } finally {
            if (opened == null) {
                streams.ended();
            }
        }
    }

    /** Lets no more streams in. {@code whenDrained} is run once, when the last of those under way has ended; maybe at once. */
    public void retire(Runnable whenDrained) {
        streams.retire(whenDrained);
    }

    private List<VmPool> matching(HttpExchange exchange, HeaderMap requestHeaders) {
        String method = orEmpty(requestHeaders, ":method");
        String path = orEmpty(requestHeaders, ":path");
        String authority = orEmpty(requestHeaders, ":authority");
        int port = asksForPorts ? exchange.localPort() : -1;
        List<VmPool> matching = new ArrayList<>(routes.size());
        for (PluginRoute route : routes) {
            VmPool pool = route.poolFor(method, path, authority, port);
            if (pool != null) {
                matching.add(pool);
            }
        }
        return matching;
    }

    private static String orEmpty(HeaderMap headers, String name) {
        String value = headers.get(name);
        return value == null ? "" : value;
    }
}

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

/** All plugins of a host in the order in which requests meet them: phase, then priority, then declaration. */
public final class PluginChain {

    /** The order in which requests meet plugins, but for the order of their declaration. */
    public static final Comparator<PluginConfig> ORDER =
            Comparator.comparing(PluginConfig::phase).thenComparing(PluginConfig::priority, Comparator.reverseOrder());

    private final List<VmPool> plugins;
    private final HostServices services;

    /** A chain of plugins given in the order of their declaration. */
    public PluginChain(List<VmPool> declared, HostServices services) {
        this.plugins = declared.stream()
                .sorted(Comparator.comparing(VmPool::plugin, ORDER))
                .toList();
        this.services = services;
    }

    /** Opens a stream through the plugins that are for a request. */
    public HttpStream open(HttpExchange exchange, HeaderMap requestHeaders) {
        return new DefaultHttpStream(matching(requestHeaders), exchange, requestHeaders, services);
    }

    private List<VmPool> matching(HeaderMap requestHeaders) {
        String method = orEmpty(requestHeaders, ":method");
        String path = orEmpty(requestHeaders, ":path");
        List<VmPool> matching = new ArrayList<>(plugins.size());
        for (VmPool plugin : plugins) {
            if (plugin.plugin().match().matches(method, path)) {
                matching.add(plugin);
            }
        }
        return matching;
    }

    private static String orEmpty(HeaderMap headers, String name) {
        String value = headers.get(name);
        return value == null ? "" : value;
    }
}

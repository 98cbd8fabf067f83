package dev.proxywasm.spring.boot;

import dev.proxywasm.PluginStatus;
import dev.proxywasm.ProxyWasm;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;

/** One component for each plugin that there is at the moment: a reload may bring and take some. */
final class PluginsHealth implements CompositeHealthContributor {

    private final ProxyWasm host;

    PluginsHealth(ProxyWasm host) {
        this.host = host;
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        return stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .map(Entry::contributor)
                .orElse(null);
    }

    @Override
    public Stream<Entry> stream() {
        return host.plugins().stream()
                .map(plugin -> new Entry(componentOf(plugin), new PluginHealthIndicator(() -> plugin)));
    }

    /** A name with a slash would be a path of the endpoint. */
    private static String componentOf(PluginStatus plugin) {
        return plugin.name().replace('/', '_');
    }
}

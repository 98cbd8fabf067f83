package dev.proxywasm.internal.stream;

import dev.proxywasm.Match;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.internal.vm.VmPool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's place in the chain: which of its VMs a request gets, if any.
 *
 * @param pool the VMs of its own configuration
 * @param overrides those of its overrides, in order
 */
public record PluginRoute(VmPool pool, List<OverrideRoute> overrides) {

    /** Copies the list. */
    public PluginRoute {
        overrides = List.copyOf(overrides);
    }

    /**
     * Requests that take another way than the rest.
     *
     * @param match the requests
     * @param pool their VMs; null if the plugin is left out
     */
    public record OverrideRoute(Match match, @Nullable VmPool pool) {}

    /** Of a plugin without overrides. */
    public static PluginRoute of(VmPool pool) {
        return new PluginRoute(pool, List.of());
    }

    PluginConfig plugin() {
        return pool.plugin();
    }

    /** Whether every request gets the same VMs. */
    boolean isForAll() {
        return overrides.isEmpty() && plugin().match().equals(Match.ALL);
    }

    boolean asksForPorts() {
        return !plugin().match().ports().isEmpty()
                || overrides.stream()
                        .anyMatch(override -> !override.match().ports().isEmpty());
    }

    /** The VMs that a request gets; null if the plugin is not for it. */
    @Nullable
    VmPool poolFor(String method, String path, String authority, int port) {
        if (!plugin().match().mayMean(method, path, authority, port)) {
            return null;
        }
        for (int i = 0; i < overrides.size(); i++) {
            OverrideRoute override = overrides.get(i);
            if (override.match().surelyMeans(method, path, authority, port)) {
                return override.pool();
            }
        }
        return pool;
    }
}

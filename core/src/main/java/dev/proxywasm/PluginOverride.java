package dev.proxywasm;

import java.util.Optional;

/**
 * Requests that a plugin treats in another way than the rest: not at all, or by another configuration.
 *
 * <p>A plugin is taken away, or its configuration exchanged, only from requests that are meant for certain
 * ({@link Match#surelyMeans}), so that no spelling of a path slips into an override.
 *
 * @param match the requests
 * @param configuration handed to {@code proxy_on_configure} in place of the plugin's own; empty: the plugin is left out of these requests
 */
public record PluginOverride(Match match, Optional<String> configuration) {

    /** Leaves the plugin out of some requests. */
    public static PluginOverride disabled(Match match) {
        return new PluginOverride(match, Optional.empty());
    }

    /** Gives some requests an instance of the plugin with another configuration, in VMs of its own. */
    public static PluginOverride configured(Match match, String configuration) {
        return new PluginOverride(match, Optional.of(configuration));
    }

    /** Without the configuration, which may hold secrets. */
    @Override
    public String toString() {
        return "PluginOverride[match=" + match + ", " + (configuration.isEmpty() ? "disabled" : "configured") + "]";
    }
}

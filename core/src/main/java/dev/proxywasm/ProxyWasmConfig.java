package dev.proxywasm;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything that a host is configured with; every door (builder, YAML, web.xml, MicroProfile Config) ends here.
 *
 * @param enabled whether anything is loaded at all
 * @param plugins in the order in which they were declared
 * @param baseDirectory what relative module paths are relative to
 */
public record ProxyWasmConfig(boolean enabled, List<PluginConfig> plugins, Path baseDirectory) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if two plugins have one name
     */
    public ProxyWasmConfig {
        plugins = List.copyOf(plugins);
        Set<String> names = new HashSet<>();
        for (PluginConfig plugin : plugins) {
            if (!names.add(plugin.name())) {
                throw new IllegalArgumentException(
                        "two plugins are named '" + plugin.name() + "'; names must be unique");
            }
        }
    }
}

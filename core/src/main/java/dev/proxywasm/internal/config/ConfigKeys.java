package dev.proxywasm.internal.config;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.internal.config.Setting.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keys of the whole configuration, below {@value #TOP}. */
final class ConfigKeys {

    /** The one key of a YAML document, and what names of flat doors begin with. */
    static final String TOP = "proxy-wasm";

    /** Whether anything is loaded. */
    static final String ENABLED = "enabled";

    /** The plugins; in flat doors their names, separated by commas. */
    static final String PLUGINS = "plugins";

    /** One row for each key. */
    static final List<Key<ConfigDraft, ?>> TABLE = List.of(
            new Key<>(ENABLED, Values.FLAG, "true", "whether anything is loaded at all", (d, v) -> d.enabled = v),
            new Key<>(
                    PLUGINS,
                    ConfigKeys::plugins,
                    "[]",
                    "the plugins, in the order of declaration",
                    (d, v) -> d.plugins = v),
            new Key<>(
                    "upstreams",
                    Values.announced(),
                    "{}",
                    "where callouts go; comes with a later version",
                    (d, v) -> {}));

    private ConfigKeys() {}

    private static List<PluginConfig> plugins(Located value) {
        if (!(value.setting() instanceof Sequence sequence)) {
            throw value.unexpected("a list of plugins, each with '- name:' and 'module:'");
        }
        List<PluginConfig> plugins = new ArrayList<>();
        Map<String, Located> byName = new HashMap<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            Located item = value.item(i, sequence.items().get(i));
            PluginConfig plugin = PluginKeys.read(item);
            Located earlier = byName.putIfAbsent(plugin.name(), item);
            if (earlier != null) {
                throw item.error(
                        "the name '" + plugin.name() + "' is taken by " + earlier.path() + "; names must be unique");
            }
            plugins.add(plugin);
        }
        return plugins;
    }
}

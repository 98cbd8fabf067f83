package dev.proxywasm.internal.config;

import dev.proxywasm.ConfigurationException;
import dev.proxywasm.internal.config.Setting.Entry;
import dev.proxywasm.internal.config.Setting.Kind;
import dev.proxywasm.internal.config.Setting.Mapping;
import dev.proxywasm.internal.config.Setting.Scalar;
import dev.proxywasm.internal.config.Setting.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a door that has names and texts only: system properties, MicroProfile Config, init parameters. A value that is blank counts
 * as absent.
 */
public final class FlatSettings {

    private static final String PREFIX = ConfigKeys.TOP + ".";
    private static final String PLUGIN = PREFIX + "plugin.";

    private final String door;
    private final Function<String, @Nullable String> lookup;

    /**
     * Reads nothing yet.
     *
     * @param door names the door in messages
     * @param lookup the value of a name, null if there is none
     */
    public FlatSettings(String door, Function<String, @Nullable String> lookup) {
        this.door = door;
        this.lookup = lookup;
    }

    /** The whole configuration, from names that begin with the top key; each known name is looked up once. */
    public Setting read() {
        Map<String, Entry> entries = new LinkedHashMap<>();
        ConfigKeys.TABLE.forEach(key -> put(PREFIX + key.path(), key.path(), entries));
        entries.computeIfPresent(ConfigKeys.PLUGINS, (key, names) -> new Entry(names.keyOrigin(), plugins(names)));
        return new Mapping(new Origin.Named(door, ""), entries);
    }

    /** The configuration of one plugin, from the bare names of its keys; every one of {@code names} must be a key. */
    public Setting readPlugin(Iterable<String> names) {
        Map<String, Entry> plugin = new LinkedHashMap<>();
        names.forEach(name -> put(name, name, plugin));
        Origin origin = new Origin.Named(door, "");
        Setting plugins = new Sequence(origin, List.of(new Mapping(origin, plugin)));
        return new Mapping(origin, Map.of(ConfigKeys.PLUGINS, new Entry(origin, plugins)));
    }

    /**
     * Refuses names below the top key that mean nothing; without it a mistyped name is not seen.
     *
     * @throws ConfigurationException naming the first one and the nearest that there is
     */
    public void requireKnown(Iterable<String> names) {
        List<String> plugins = CommaSeparated.split(valueOf(PREFIX + ConfigKeys.PLUGINS));
        List<String> known = Stream.concat(
                        ConfigKeys.TABLE.stream().map(key -> PREFIX + key.path()),
                        plugins.stream().flatMap(FlatSettings::pluginNames))
                .toList();
        Set<String> fast = new HashSet<>(known);
        for (String name : names) {
            if (name.startsWith(PREFIX) && !fast.contains(name)) {
                throw unknown(name, known, plugins);
            }
        }
    }

    private ConfigurationException unknown(String name, List<String> known, List<String> plugins) {
        return new ConfigurationException(
                new Origin.Named(door, name).at("") + ": " + problemWith(name, known, plugins));
    }

    private static String problemWith(String name, List<String> known, List<String> plugins) {
        if (name.startsWith(PLUGIN) && plugins.stream().noneMatch(plugin -> name.startsWith(PLUGIN + plugin + "."))) {
            return "belongs to no plugin of " + PREFIX + ConfigKeys.PLUGINS + ", which names "
                    + (plugins.isEmpty() ? "none" : String.join(", ", plugins));
        }
        if (plugins.stream().anyMatch(plugin -> name.equals(PLUGIN + plugin + "." + PluginKeys.NAME))) {
            return "unknown key; the plugin's name is in the name of the property";
        }
        return "unknown key; " + new NearestName(known).suggestionFor(name);
    }

    private static Stream<String> pluginNames(String plugin) {
        return PluginKeys.TABLE.stream()
                .filter(key -> !key.path().equals(PluginKeys.NAME))
                .map(key -> PLUGIN + plugin + "." + key.path());
    }

    private Setting plugins(Entry names) {
        List<Setting> plugins = new ArrayList<>();
        for (String plugin : CommaSeparated.split(((Scalar) names.value()).text())) {
            plugins.add(plugin(plugin, names.keyOrigin()));
        }
        return new Sequence(names.keyOrigin(), plugins);
    }

    private Mapping plugin(String plugin, Origin declaration) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        entries.put(PluginKeys.NAME, new Entry(declaration, new Scalar(declaration, plugin, Kind.UNTYPED)));
        String prefix = PLUGIN + plugin + ".";
        for (Key<PluginDraft, ?> key : PluginKeys.TABLE) {
            if (!key.path().equals(PluginKeys.NAME)) {
                put(prefix + key.path(), key.path(), entries);
            }
        }
        return new Mapping(new Origin.Named(door, PLUGIN + plugin), entries);
    }

    private void put(String name, String path, Map<String, Entry> entries) {
        String value = valueOf(name);
        Origin origin = new Origin.Named(door, name);
        Kind kind = value.isBlank() ? Kind.NOTHING : Kind.UNTYPED;
        entries.put(path, new Entry(origin, new Scalar(origin, value, kind)));
    }

    private String valueOf(String name) {
        String value = lookup.apply(name);
        return value == null ? "" : value;
    }
}

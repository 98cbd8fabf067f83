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
        for (FlatFamily family : List.of(FlatFamily.UPSTREAMS, FlatFamily.PULL_SECRETS)) {
            entries.computeIfPresent(
                    family.listKey(), (key, names) -> new Entry(names.keyOrigin(), byName(family, names)));
        }
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
        Map<FlatFamily, List<String>> members = new LinkedHashMap<>();
        for (FlatFamily family : FlatFamily.ALL) {
            members.put(family, CommaSeparated.split(valueOf(PREFIX + family.listKey())));
        }
        List<String> known = Stream.concat(
                        ConfigKeys.TABLE.stream().map(key -> PREFIX + key.path()),
                        members.entrySet().stream()
                                .flatMap(family -> family.getValue().stream().flatMap(family.getKey()::names)))
                .toList();
        Set<String> fast = new HashSet<>(known);
        for (String name : names) {
            if (name.startsWith(PREFIX) && !fast.contains(name)) {
                throw new ConfigurationException(
                        new Origin.Named(door, name).at("") + ": " + problemWith(name, known, members));
            }
        }
    }

    private static String problemWith(String name, List<String> known, Map<FlatFamily, List<String>> members) {
        for (Map.Entry<FlatFamily, List<String>> entry : members.entrySet()) {
            FlatFamily family = entry.getKey();
            if (family.isStray(name, entry.getValue())) {
                return "belongs to no " + family.kind() + " of " + PREFIX + family.listKey() + ", which names "
                        + (entry.getValue().isEmpty() ? "none" : String.join(", ", entry.getValue()));
            }
        }
        boolean isNameOfPlugin = members.getOrDefault(FlatFamily.PLUGINS, List.of()).stream()
                .anyMatch(plugin -> name.equals(FlatFamily.PLUGINS.prefix() + plugin + "." + PluginKeys.NAME));
        return isNameOfPlugin
                ? "unknown key; the plugin's name is in the name of the property"
                : "unknown key; " + new NearestName(known).suggestionFor(name);
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
        return member(FlatFamily.PLUGINS, plugin, entries);
    }

    private Setting byName(FlatFamily family, Entry names) {
        Map<String, Entry> members = new LinkedHashMap<>();
        for (String name : CommaSeparated.split(((Scalar) names.value()).text())) {
            members.put(name, new Entry(names.keyOrigin(), member(family, name, new LinkedHashMap<>())));
        }
        return new Mapping(names.keyOrigin(), members);
    }

    private Mapping member(FlatFamily family, String member, Map<String, Entry> entries) {
        family.keys().forEach(key -> put(family.prefix() + member + "." + key, key, entries));
        return new Mapping(new Origin.Named(door, family.prefix() + member), entries);
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

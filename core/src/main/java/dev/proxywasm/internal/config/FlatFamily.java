package dev.proxywasm.internal.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * Things of one kind in a flat door: one key lists their names, and each has keys of its own, with its name in between.
 *
 * @param kind what one of them is called in messages
 * @param listKey the key that lists the names, without the top key
 * @param prefix what the names of their keys begin with
 * @param keys the keys of one of them
 */
record FlatFamily(String kind, String listKey, String prefix, List<String> keys) {

    /** The plugins. Their names are in the names of their keys, so there is no key for it. */
    static final FlatFamily PLUGINS = of(
            "plugin",
            ConfigKeys.PLUGINS,
            PluginKeys.TABLE.stream().map(Key::path).filter(path -> !path.equals(PluginKeys.NAME)));

    /** The upstreams. */
    static final FlatFamily UPSTREAMS =
            of("upstream", ConfigKeys.UPSTREAMS, UpstreamKeys.TABLE.stream().map(Key::path));

    /** The pull secrets. */
    static final FlatFamily PULL_SECRETS = of(
            "pull-secret",
            ConfigKeys.PULL_SECRETS,
            PullSecretKeys.TABLE.stream().map(Key::path));

    /** All of them. */
    static final List<FlatFamily> ALL = List.of(PLUGINS, UPSTREAMS, PULL_SECRETS);

    private static FlatFamily of(String kind, String listKey, Stream<String> keys) {
        return new FlatFamily(kind, listKey, ConfigKeys.TOP + "." + kind + ".", keys.toList());
    }

    /** The full names of the keys of one of them. */
    Stream<String> names(String member) {
        return keys.stream().map(key -> prefix + member + "." + key);
    }

    /** Whether a full name is of this family and of none of its members. */
    boolean isStray(String name, List<String> members) {
        return name.startsWith(prefix) && members.stream().noneMatch(member -> name.startsWith(prefix + member + "."));
    }
}

package dev.proxywasm.internal.config;

import dev.proxywasm.NodeConfig;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.PullSecretConfig;
import dev.proxywasm.UpstreamConfig;
import dev.proxywasm.internal.config.Setting.Mapping;
import dev.proxywasm.internal.config.Setting.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

    /** Where callouts go; in flat doors the names, separated by commas. */
    static final String UPSTREAMS = "upstreams";

    /** Credentials for registries; in flat doors the names, separated by commas. */
    static final String PULL_SECRETS = "pull-secrets";

    /** One row for each key. */
    static final List<Key<ConfigDraft, ?>> TABLE = List.of(
            new Key<>(ENABLED, Values.FLAG, "true", "whether anything is loaded at all", (d, v) -> d.enabled = v),
            new Key<>(
                    PLUGINS,
                    ValueForm.tables("plugins", "plugin").of(ConfigKeys::plugins),
                    "[]",
                    "the plugins, in the order of declaration",
                    (d, v) -> d.plugins = v),
            new Key<>(
                    "node.id",
                    Values.TEXT,
                    "",
                    "this server among others, for filters that ask",
                    (d, v) -> d.nodeId = v),
            new Key<>("node.cluster", Values.TEXT, "", "what this server is a part of", (d, v) -> d.nodeCluster = v),
            new Key<>(
                    "node.metadata",
                    Values.OBJECT,
                    "{}",
                    "anything else about this server, as an object",
                    (d, v) -> d.nodeMetadata = v),
            new Key<>(
                    "node.listener-direction",
                    Values.oneOf(NodeConfig.Direction.class),
                    "inbound",
                    "inbound, outbound or unspecified",
                    (d, v) -> d.nodeDirection = v),
            new Key<>(
                    "node.cluster-name",
                    Values.TEXT,
                    "",
                    "what the application behind the filters is called",
                    (d, v) -> d.clusterName = v),
            new Key<>("node.route-name", Values.TEXT, "", "the route that requests take", (d, v) -> d.routeName = v),
            new Key<>(
                    UPSTREAMS,
                    ValueForm.tablesByName("upstreams by name", "upstream").of(ConfigKeys::upstreams),
                    "{}",
                    "the servers that plugins may call, by the name that they call them by",
                    (d, v) -> d.upstreams = v),
            new Key<>(
                    "allow-direct-callouts",
                    Values.FLAG,
                    "false",
                    "whether plugins may also call any other server, by host:port or URL, and resolve any name",
                    (d, v) -> d.allowDirectCallouts = v),
            new Key<>(
                    "istio.labels",
                    Values.MAP,
                    "{}",
                    "labels of this service, for the selectors of WasmPlugin documents; without any, every selector fits",
                    (d, v) -> d.meshLabels = v),
            new Key<>(
                    "istio.namespace",
                    Values.TEXT,
                    "",
                    "namespace of this service: WasmPlugin documents of others, but istio-system, are not for it",
                    (d, v) -> d.meshNamespace = v),
            new Key<>(
                    "istio.wasm-plugins",
                    Values.LIST,
                    "[]",
                    "files and directories of WasmPlugin documents, whose plugins are used as well",
                    ConfigDraft::readWasmPlugins),
            new Key<>(
                    "reload.watch",
                    Values.FLAG,
                    "true",
                    "whether changed files and images are loaded while the server runs",
                    (d, v) -> d.watch = v),
            new Key<>(
                    "reload.interval",
                    Quantities.DURATION,
                    "10s",
                    "how often files are looked at, besides when the system tells of a change",
                    (d, v) -> d.reloadInterval = v),
            new Key<>(
                    "reload.image-interval",
                    Quantities.DURATION,
                    "5m",
                    "how often registries are asked for images that are to be pulled always",
                    (d, v) -> d.imageInterval = v),
            new Key<>(
                    "reload.drain-timeout",
                    Quantities.DURATION,
                    "30s",
                    "how long requests may go on with a plugin that was replaced",
                    (d, v) -> d.drainTimeout = v),
            new Key<>(
                    "allow-insecure",
                    Values.SET,
                    "[]",
                    "hosts, or host:port, from which modules may come without TLS",
                    (d, v) -> d.allowInsecure = v),
            new Key<>(
                    PULL_SECRETS,
                    ValueForm.tablesByName("pull secrets by name", "secret").of(ConfigKeys::pullSecrets),
                    "{}",
                    "credentials for registries, by the name that image-pull-secret of a plugin says",
                    (d, v) -> d.pullSecrets = v),
            new Key<>(
                    "cache.enabled",
                    Values.FLAG,
                    "true",
                    "whether modules from other servers are kept on disk",
                    (d, v) -> d.cacheEnabled = v),
            new Key<>(
                    "cache.directory",
                    Values.TEXT,
                    "(where this user's caches are)",
                    "where they are kept, relative to the configuration; if it is set, compiled code is kept there as well",
                    (d, v) -> d.cacheDirectory = v),
            new Key<>(
                    "cache.max-size",
                    Quantities.SIZE,
                    "1GiB",
                    "how much the modules there may take; the least recently used go first",
                    (d, v) -> d.cacheMaxBytes = v),
            new Key<>(
                    "cache.max-age",
                    Quantities.DURATION,
                    "30d",
                    "how long a module is kept that nobody uses",
                    (d, v) -> d.cacheMaxAge = v));

    private ConfigKeys() {}

    private static Map<String, UpstreamConfig> upstreams(Located value) {
        return byName(value, "upstreams by name, such as {auth: {uri: \"http://127.0.0.1:9000\"}}", UpstreamKeys::read);
    }

    private static Map<String, PullSecretConfig> pullSecrets(Located value) {
        return byName(
                value, "pull secrets by name, such as {my-registry: {file: dockerconfig.json}}", PullSecretKeys::read);
    }

    private static <T> Map<String, T> byName(Located value, String expected, ValueType<T> type) {
        if (!(value.setting() instanceof Mapping mapping)) {
            throw value.unexpected(expected);
        }
        Map<String, T> members = new LinkedHashMap<>();
        mapping.entries().forEach((name, entry) -> members.put(name, type.read(value.child(name, entry.value()))));
        return members;
    }

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

package dev.proxywasm.internal.config;

import dev.proxywasm.CacheConfig;
import dev.proxywasm.ModulesConfig;
import dev.proxywasm.NodeConfig;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.PullSecretConfig;
import dev.proxywasm.ReloadConfig;
import dev.proxywasm.UpstreamConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A configuration whose keys are being read. */
final class ConfigDraft implements Draft {

    private final Path baseDirectory;
    private final List<Path> files = new ArrayList<>();
    private List<PluginConfig> meshPlugins = List.of();
    private List<String> notes = List.of();
    boolean enabled = true;
    List<PluginConfig> plugins = List.of();
    Map<String, UpstreamConfig> upstreams = Map.of();
    boolean allowDirectCallouts;
    String nodeId = "";
    String nodeCluster = "";
    Map<String, Object> nodeMetadata = Map.of();
    NodeConfig.Direction nodeDirection = NodeConfig.Direction.INBOUND;
    String clusterName = "";
    String routeName = "";
    boolean watch = ReloadConfig.DEFAULT.watch();
    Duration reloadInterval = ReloadConfig.DEFAULT.interval();
    Duration imageInterval = ReloadConfig.DEFAULT.imageInterval();
    Duration drainTimeout = ReloadConfig.DEFAULT.drainTimeout();
    Map<String, String> meshLabels = Map.of();
    String meshNamespace = "";
    Set<String> allowInsecure = ModulesConfig.DEFAULT.allowInsecure();
    Map<String, PullSecretConfig> pullSecrets = ModulesConfig.DEFAULT.pullSecrets();
    boolean cacheEnabled = CacheConfig.DEFAULT.enabled();
    String cacheDirectory = CacheConfig.DEFAULT.directory();
    long cacheMaxBytes = CacheConfig.DEFAULT.maxBytes();
    Duration cacheMaxAge = CacheConfig.DEFAULT.maxAge();

    /**
     * With the defaults of everything.
     *
     * @param files what is being read
     */
    ConfigDraft(Path baseDirectory, List<Path> files) {
        this.baseDirectory = baseDirectory;
        this.files.addAll(files);
    }

    /** Adds the plugins of WasmPlugin documents; what they are compared with must have been read before. */
    void readWasmPlugins(List<String> places) {
        WasmPluginDocuments documents = new WasmPluginDocuments(meshLabels, meshNamespace, nodeDirection);
        for (String place : places) {
            Path path = baseDirectory.resolve(place.startsWith("file:") ? place.substring("file:".length()) : place);
            documents.read(path);
            files.add(path);
        }
        meshPlugins = documents.plugins();
        notes = documents.notes();
    }

    @Override
    public void check() {
        build();
    }

    /** The configuration as it is so far. */
    ProxyWasmConfig build() {
        return ProxyWasmConfig.builder()
                .enabled(enabled)
                .plugins(Stream.concat(plugins.stream(), meshPlugins.stream()).toList())
                .upstreams(upstreams)
                .allowDirectCallouts(allowDirectCallouts)
                .node(node())
                .modules(modules())
                .baseDirectory(baseDirectory)
                .reload(new ReloadConfig(watch, reloadInterval, imageInterval, drainTimeout))
                .files(files)
                .notes(notes)
                .build();
    }

    private ModulesConfig modules() {
        return new ModulesConfig(
                allowInsecure, pullSecrets, new CacheConfig(cacheEnabled, cacheDirectory, cacheMaxBytes, cacheMaxAge));
    }

    private NodeConfig node() {
        return new NodeConfig(nodeId, nodeCluster, nodeMetadata, nodeDirection, clusterName, routeName);
    }
}

package dev.proxywasm.internal.config;

import dev.proxywasm.NodeConfig;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.UpstreamConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A configuration whose keys are being read. */
final class ConfigDraft implements Draft {

    private final Path baseDirectory;
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

    ConfigDraft(Path baseDirectory) {
        this.baseDirectory = baseDirectory;
    }

    @Override
    public void check() {
        build();
    }

    /** The configuration as it is so far. */
    ProxyWasmConfig build() {
        return ProxyWasmConfig.builder()
                .enabled(enabled)
                .plugins(plugins)
                .upstreams(upstreams)
                .allowDirectCallouts(allowDirectCallouts)
                .node(node())
                .baseDirectory(baseDirectory)
                .build();
    }

    private NodeConfig node() {
        return new NodeConfig(nodeId, nodeCluster, nodeMetadata, nodeDirection, clusterName, routeName);
    }
}

package dev.proxywasm.internal.config;

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

    ConfigDraft(Path baseDirectory) {
        this.baseDirectory = baseDirectory;
    }

    @Override
    public void check() {
        build();
    }

    /** The configuration as it is so far. */
    ProxyWasmConfig build() {
        return new ProxyWasmConfig(enabled, plugins, upstreams, allowDirectCallouts, baseDirectory);
    }
}

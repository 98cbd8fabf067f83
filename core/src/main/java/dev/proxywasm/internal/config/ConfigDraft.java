package dev.proxywasm.internal.config;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.ProxyWasmConfig;
import java.nio.file.Path;
import java.util.List;

/** A configuration whose keys are being read. */
final class ConfigDraft implements Draft {

    private final Path baseDirectory;
    boolean enabled = true;
    List<PluginConfig> plugins = List.of();

    ConfigDraft(Path baseDirectory) {
        this.baseDirectory = baseDirectory;
    }

    @Override
    public void check() {
        build();
    }

    /** The configuration as it is so far. */
    ProxyWasmConfig build() {
        return new ProxyWasmConfig(enabled, plugins, baseDirectory);
    }
}

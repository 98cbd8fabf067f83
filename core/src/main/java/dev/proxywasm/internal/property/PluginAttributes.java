package dev.proxywasm.internal.property;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxywasm.PluginConfig;
import java.util.List;
import java.util.function.Function;

/** What a plugin is called. Always known, even if empty: SDKs abort in {@code proxy_on_context_create} without them. */
public final class PluginAttributes {

    /** The rows, for documents and tests. */
    static final List<Attribute<PluginConfig>> ROWS = List.of(
            row("plugin_name", PluginConfig::name).settled(),
            row("plugin_root_id", PluginConfig::rootId).settled(),
            row("plugin_vm_id", plugin -> plugin.vm().id()).settled());

    /** Finds them by path. */
    public static final AttributeTable<PluginConfig> TABLE = new AttributeTable<>(ROWS);

    private PluginAttributes() {}

    private static Attribute<PluginConfig> row(String path, Function<PluginConfig, String> source) {
        return new Attribute<>(path, AttributeType.STRING, Since.ALWAYS, "", plugin -> source.apply(plugin)
                .getBytes(UTF_8));
    }
}

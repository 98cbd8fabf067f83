package dev.proxywasm.internal.vm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.abi.BufferType;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.callout.CalloutView;
import dev.proxywasm.internal.codec.PropertyPath;
import dev.proxywasm.internal.context.Context;
import dev.proxywasm.internal.context.GuestBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plugin as its guest knows it: parent of all its streams. Knows its configuration and its own properties. */
public final class RootContext extends Context {

    private final PluginConfig plugin;
    private final CalloutView callout;
    private final GuestBuffer vmConfiguration;
    private final GuestBuffer pluginConfiguration;
    private final Map<PropertyPath, byte[]> stored = new HashMap<>();
    private @Nullable GuestBuffer callData;

    RootContext(int id, PluginConfig plugin, CalloutView callout) {
        super(id);
        this.callout = callout;
        this.plugin = plugin;
        this.vmConfiguration = GuestBuffer.readOnly(plugin.vm().configuration().getBytes(UTF_8));
        this.pluginConfiguration = GuestBuffer.readOnly(plugin.configuration().getBytes(UTF_8));
    }

    /** The configurations can be read at any time (abi.md 1.6). */
    @Override
    public @Nullable GuestBuffer buffer(BufferType type) {
        return switch (type) {
            case VM_CONFIGURATION -> vmConfiguration;
            case PLUGIN_CONFIGURATION -> pluginConfiguration;
            case CALL_DATA -> callData;
            default -> callout.buffer(type);
        };
    }

    /** Those of the callout that the guest is being told of. */
    @Override
    public @Nullable HeaderMap headerMap(MapType type) {
        return callout.map(type);
    }

    /** Sets what a foreign function hands over, or null when its callback has returned. */
    void callData(byte @Nullable [] arguments) {
        callData = arguments == null ? null : GuestBuffer.readOnly(arguments);
    }

    /** Names of the plugin are always known, even if empty: SDKs abort without them (abi.md 2.12). */
    @Override
    public byte @Nullable [] property(PropertyPath path) {
        byte[] own = stored.get(path);
        if (own != null || path.hasTail()) {
            return own;
        }
        return switch (path.head()) {
            case "plugin_name" -> plugin.name().getBytes(UTF_8);
            case "plugin_root_id" -> plugin.rootId().getBytes(UTF_8);
            case "plugin_vm_id" -> plugin.vm().id().getBytes(UTF_8);
            default -> null;
        };
    }

    @Override
    public boolean setProperty(PropertyPath path, byte[] value) {
        stored.put(path, value);
        return true;
    }

    @Override
    public String toString() {
        return "root context " + id();
    }
}

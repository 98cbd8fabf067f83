package dev.proxywasm.internal.vm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxywasm.NodeConfig;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.abi.BufferType;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.callout.CalloutView;
import dev.proxywasm.internal.codec.PropertyPath;
import dev.proxywasm.internal.context.Context;
import dev.proxywasm.internal.context.GuestBuffer;
import dev.proxywasm.internal.property.NodeAttributes;
import dev.proxywasm.internal.property.PluginAttributes;
import dev.proxywasm.internal.property.StoredProperties;
import org.jspecify.annotations.Nullable;

/** The plugin as its guest knows it: parent of all its streams. Knows its configuration and its own properties. */
public final class RootContext extends Context {

    private final PluginConfig plugin;
    private final CalloutView callout;
    private final NodeConfig node;
    private final GuestBuffer vmConfiguration;
    private final GuestBuffer pluginConfiguration;
    private final StoredProperties stored = new StoredProperties();
    private @Nullable GuestBuffer callData;

    RootContext(int id, PluginConfig plugin, CalloutView callout, NodeConfig node) {
        super(id);
        this.callout = callout;
        this.plugin = plugin;
        this.node = node;
        this.vmConfiguration = GuestBuffer.readOnly(plugin.vm().configuration().getBytes(UTF_8));
        this.pluginConfiguration = GuestBuffer.readOnly(plugin.configuration().getBytes(UTF_8));
    }

    /** The configurations can be read at any time. */
    @Override
    public @Nullable GuestBuffer buffer(BufferType type) {
        return switch (type) {
            case VM_CONFIGURATION -> vmConfiguration;
            case PLUGIN_CONFIGURATION -> pluginConfiguration;
            case CALL_DATA -> callData != null ? callData : callout.buffer(type);
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

    /** The names of the plugin, and what the host calls itself. */
    @Override
    public byte @Nullable [] attribute(PropertyPath path) {
        byte[] name = PluginAttributes.TABLE.find(plugin, path);
        return name != null ? name : NodeAttributes.TABLE.find(node, path);
    }

    @Override
    public byte @Nullable [] stored(PropertyPath path) {
        return stored.get(path);
    }

    @Override
    public boolean isSettled(PropertyPath path) {
        return PluginAttributes.TABLE.isSettled(path)
                && NodeAttributes.TABLE.isSettled(path)
                && StoredProperties.isSettled(path);
    }

    @Override
    public boolean hasRoomForProperties() {
        return stored.hasRoom();
    }

    @Override
    public boolean setProperty(PropertyPath path, byte[] value) {
        stored.set(path, value);
        return true;
    }

    @Override
    public String toString() {
        return "root context " + id();
    }
}

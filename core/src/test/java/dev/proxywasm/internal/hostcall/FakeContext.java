package dev.proxywasm.internal.hostcall;

import dev.proxywasm.abi.BufferType;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.abi.StreamType;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.internal.codec.PropertyPath;
import dev.proxywasm.internal.context.Context;
import dev.proxywasm.internal.context.GuestBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A context that has what a test gave it, and remembers what was done to it. */
final class FakeContext extends Context {

    final Map<MapType, HeaderMap> maps = new EnumMap<>(MapType.class);
    final Set<MapType> readOnly = EnumSet.noneOf(MapType.class);
    final Map<BufferType, GuestBuffer> buffers = new EnumMap<>(BufferType.class);
    final Map<String, byte[]> properties = new HashMap<>();
    Function<PropertyPath, byte[]> attributes = path -> null;
    final List<String> effects = new ArrayList<>();
    final List<LocalResponse> responses = new ArrayList<>();
    boolean answersRequests = true;
    boolean storesProperties = true;

    FakeContext(int id) {
        super(id);
    }

    @Override
    public HeaderMap headerMap(MapType type) {
        return maps.get(type);
    }

    @Override
    public boolean canWrite(MapType type) {
        return maps.containsKey(type) && !readOnly.contains(type);
    }

    @Override
    public GuestBuffer buffer(BufferType type) {
        return buffers.get(type);
    }

    @Override
    public byte[] attribute(PropertyPath path) {
        byte[] known = attributes.apply(path);
        return known != null ? known : properties.get(path.toString());
    }

    @Override
    public boolean setProperty(PropertyPath path, byte[] value) {
        if (storesProperties) {
            properties.put(path.toString(), value);
        }
        return storesProperties;
    }

    @Override
    public void continueStream(StreamType type) {
        effects.add("continue " + type);
    }

    @Override
    public void closeStream(StreamType type) {
        effects.add("close " + type);
    }

    @Override
    public boolean sendLocalResponse(LocalResponse response) {
        if (answersRequests) {
            responses.add(response);
        }
        return answersRequests;
    }
}

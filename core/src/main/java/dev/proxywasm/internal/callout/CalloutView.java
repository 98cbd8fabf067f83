package dev.proxywasm.internal.callout;

import dev.proxywasm.abi.BufferType;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.context.GuestBuffer;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a guest sees of a callout while it is called back: maps, a buffer and a status. Empty at all other times.
 *
 * <p>It belongs to the root context and is seen from every context of the VM, because an SDK chooses the stream's context before it
 * reads the answer. Confined to the VM.
 */
public final class CalloutView {

    private final Map<MapType, HeaderMap> maps = new EnumMap<>(MapType.class);
    private final Map<BufferType, GuestBuffer> buffers = new EnumMap<>(BufferType.class);
    private int statusCode;
    private String statusMessage = "";

    /** Shows nothing. */
    CalloutView() {}

    /** A map of the answer, or null if the callback under way has none of that type. */
    public @Nullable HeaderMap map(MapType type) {
        return maps.get(type);
    }

    /** A buffer of the answer, or null if the callback under way has none of that type. */
    public @Nullable GuestBuffer buffer(BufferType type) {
        return buffers.get(type);
    }

    /** What {@code proxy_get_status} answers. */
    public int statusCode() {
        return statusCode;
    }

    /** The text to {@link #statusCode}. */
    public String statusMessage() {
        return statusMessage;
    }

    CalloutView show(MapType type, HeaderMap map) {
        maps.put(type, map);
        return this;
    }

    CalloutView show(BufferType type, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        buffers.put(type, GuestBuffer.readOnly(copy));
        return this;
    }

    CalloutView show(int code, String message) {
        statusCode = code;
        statusMessage = message;
        return this;
    }

    void clear() {
        maps.clear();
        buffers.clear();
        show(0, "");
    }
}

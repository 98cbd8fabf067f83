package dev.proxywasm.internal.stream;

import dev.proxywasm.http.HttpExchange;
import dev.proxywasm.internal.codec.PropertyPath;
import dev.proxywasm.internal.property.ExchangeAttributes;
import dev.proxywasm.internal.property.ExchangeView;
import dev.proxywasm.internal.property.MessageView;
import dev.proxywasm.internal.property.PropertyFailure;
import dev.proxywasm.internal.property.StoredProperties;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The properties of one exchange: what guests stored, which all plugins of the exchange see, and the attributes. The former are safe
 * for use by several threads.
 */
final class ExchangeProperties implements ExchangeView {

    private final HttpExchange exchange;
    private final DefaultHttpStream stream;
    private final InstantSource clock;
    private @Nullable StoredProperties stored;

    ExchangeProperties(HttpExchange exchange, DefaultHttpStream stream, InstantSource clock) {
        this.exchange = exchange;
        this.stream = stream;
        this.clock = clock;
    }

    /**
     * Stores a value.
     *
     * @throws PropertyFailure if the exchange has as many as it may
     */
    synchronized void set(PropertyPath path, byte[] value) {
        StoredProperties values = stored;
        if (values == null) {
            values = new StoredProperties();
            stored = values;
        }
        values.set(path, value);
    }

    /** The value that guests stored at a path, in its binary form, or null. */
    synchronized byte @Nullable [] stored(PropertyPath path) {
        StoredProperties values = stored;
        return values == null ? null : values.get(path);
    }

    /** Whether some hundred small values can be stored without being refused. */
    synchronized boolean hasRoom() {
        return stored == null || stored.hasRoom();
    }

    /**
     * The value of the attribute at a path in its binary form, or null.
     *
     * @throws PropertyFailure if what is there has none
     */
    byte @Nullable [] attribute(PropertyPath path) {
        return ExchangeAttributes.TABLE.find(this, path);
    }

    @Override
    public HttpExchange exchange() {
        return exchange;
    }

    @Override
    public MessageView request() {
        return stream.half(Direction.REQUEST);
    }

    @Override
    public MessageView response() {
        return stream.half(Direction.RESPONSE);
    }

    @Override
    public String details() {
        return stream.course().details();
    }

    @Override
    public boolean isReset() {
        return stream.course().isAborted();
    }

    @Override
    public boolean isOver() {
        return stream.isClosing();
    }

    @Override
    public Instant now() {
        return clock.instant();
    }
}

package dev.proxywasm.internal.property;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.codec.MapCodec;
import dev.proxywasm.internal.codec.PropertyValues;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values in the binary form that Envoy gives them, and the way into those that hold others.
 *
 * <table>
 *   <caption>Forms</caption>
 *   <tr><td>{@code byte[]}</td><td>as it is</td></tr>
 *   <tr><td>{@link String}</td><td>its characters as bytes (ISO-8859-1), as header maps hold them</td></tr>
 *   <tr><td>{@link Integer}, {@link Long}</td><td>8 bytes, little-endian</td></tr>
 *   <tr><td>{@link Double}, {@link Float}</td><td>8 bytes, IEEE 754, little-endian</td></tr>
 *   <tr><td>{@link Boolean}</td><td>1 byte</td></tr>
 *   <tr><td>{@link Instant}, {@link Duration}</td><td>nanoseconds, as a number</td></tr>
 *   <tr><td>{@link PropertyMessage}</td><td>its bytes</td></tr>
 *   <tr><td>{@link HeaderMap}</td><td>pairs; each name once, its values joined by commas</td></tr>
 *   <tr><td>{@link Map}</td><td>pairs; values by this table</td></tr>
 *   <tr><td>{@link List}</td><td>pairs; each element is a key, its value is empty</td></tr>
 * </table>
 *
 * <p>Anything else has no form.
 */
final class ValueEncoding {

    private static final byte[] NOTHING = {};

    private ValueEncoding() {}

    /**
     * The binary form; null for null.
     *
     * @throws PropertyFailure if it has none
     */
    static byte @Nullable [] encode(@Nullable Object value) {
        return value == null ? null : bytes(value);
    }

    private static byte[] bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof String text) {
            return PropertyValues.string(text);
        }
        if (value instanceof Boolean flag) {
            return PropertyValues.bool(flag);
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Instant time) {
            return PropertyValues.timestamp(time);
        }
        if (value instanceof Duration duration) {
            return PropertyValues.duration(duration);
        }
        return compound(value);
    }

    private static byte[] number(Number number) {
        boolean isWhole = number instanceof Integer || number instanceof Long;
        return PropertyValues.integer(isWhole ? number.longValue() : Double.doubleToRawLongBits(number.doubleValue()));
    }

    private static byte[] compound(Object value) {
        if (value instanceof PropertyMessage message) {
            return message.serialized();
        }
        if (value instanceof HeaderMap headers) {
            return MapCodec.encode(joined(headers));
        }
        List<byte[]> pairs = new ArrayList<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> {
                pairs.add(key(key));
                pairs.add(bytes(member));
            });
        } else if (value instanceof List<?> list) {
            list.forEach(element -> {
                pairs.add(bytes(element));
                pairs.add(NOTHING);
            });
        } else {
            throw PropertyFailure.unencodable("a value of " + value.getClass().getSimpleName() + " has no binary form");
        }
        return MapCodec.encodePairs(pairs);
    }

    private static byte[] key(Object key) {
        if (key instanceof String text) {
            return text.getBytes(UTF_8);
        }
        throw PropertyFailure.unencodable("a map whose keys are no strings has no binary form");
    }

    private static HeaderMap joined(HeaderMap headers) {
        HeaderMap joined = new HeaderMap(headers.size());
        headers.forEach((name, value) -> {
            if (!joined.contains(name)) {
                joined.add(name, String.join(",", headers.getAll(name)));
            }
        });
        return joined;
    }

    /** What lies behind the segments from {@code first} on; null if nothing does. */
    static @Nullable Object within(@Nullable Object value, List<String> segments, int first) {
        Object found = value;
        for (int i = first; i < segments.size() && found != null; i++) {
            found = member(found, segments.get(i));
        }
        return found;
    }

    private static @Nullable Object member(Object value, String segment) {
        if (value instanceof HeaderMap headers) {
            return headerValue(headers, segment);
        }
        if (value instanceof PropertyMessage message) {
            return message.fields().get(segment);
        }
        if (value instanceof Map<?, ?> map) {
            return map.get(segment);
        }
        return value instanceof List<?> list ? element(list, segment) : null;
    }

    /** As for hostcalls, {@code host} is another name of {@code :authority}, which only requests have. */
    private static @Nullable String headerValue(HeaderMap headers, String name) {
        if (headers.contains(name)) {
            return String.join(",", headers.getAll(name));
        }
        return "host".equalsIgnoreCase(name) ? headers.get(":authority") : null;
    }

    /** A place in a list, as decimal digits. */
    private static @Nullable Object element(List<?> list, String segment) {
        if (segment.isEmpty() || segment.length() > 9 || !segment.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        int index = Integer.parseInt(segment);
        return index < list.size() ? list.get(index) : null;
    }
}

package dev.proxywasm.internal.stream;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpExchange;
import dev.proxywasm.internal.codec.MapCodec;
import dev.proxywasm.internal.codec.PropertyPath;
import dev.proxywasm.internal.codec.PropertyValues;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The properties of one exchange: Envoy's attributes as far as this host knows them (abi.md 5.1), and what guests stored, which all
 * plugins of the exchange see. What is not known is not found, never made up.
 */
final class ExchangeProperties {

    private final HttpExchange exchange;
    private final DefaultHttpStream stream;
    private final InstantSource clock;
    private @Nullable Map<PropertyPath, byte[]> stored;

    ExchangeProperties(HttpExchange exchange, DefaultHttpStream stream, InstantSource clock) {
        this.exchange = exchange;
        this.stream = stream;
        this.clock = clock;
    }

    synchronized void set(PropertyPath path, byte[] value) {
        Map<PropertyPath, byte[]> values = stored;
        if (values == null) {
            values = new HashMap<>();
            stored = values;
        }
        values.put(path, value);
    }

    synchronized byte @Nullable [] get(PropertyPath path) {
        Map<PropertyPath, byte[]> values = stored;
        byte[] own = values == null ? null : values.get(path);
        return own != null ? own : attribute(path);
    }

    private byte @Nullable [] attribute(PropertyPath path) {
        int depth = path.segments().size();
        if (depth < 2 || depth > 3) {
            return null;
        }
        String attribute = path.segments().get(1);
        if (depth == 3) {
            return header(path.head(), attribute, path.segments().get(2));
        }
        return switch (path.head()) {
            case "request" -> request(attribute);
            case "response" -> response(attribute);
            case "source" -> endpoint(attribute, exchange.remoteAddress(), exchange.remotePort());
            case "destination" -> endpoint(attribute, exchange.localAddress(), exchange.localPort());
            default -> null;
        };
    }

    private byte @Nullable [] header(String message, String map, String name) {
        HeaderMap headers = map(message, map);
        return headers == null || !headers.contains(name)
                ? null
                : PropertyValues.string(String.join(",", headers.getAll(name)));
    }

    private @Nullable HeaderMap map(String message, String map) {
        return switch (message + "." + map) {
            case "request.headers" -> stream.half(Direction.REQUEST).headers();
            case "response.headers" -> stream.half(Direction.RESPONSE).headers();
            case "response.trailers" -> stream.half(Direction.RESPONSE).trailers();
            default -> null;
        };
    }

    private byte @Nullable [] request(String attribute) {
        return switch (attribute) {
            case "path" -> requestHeader(":path");
            case "url_path" -> pathPart(0);
            case "query" -> pathPart(1);
            case "host" -> requestHeader(":authority");
            case "scheme" -> requestHeader(":scheme");
            case "method" -> requestHeader(":method");
            case "referer" -> requestHeader("referer");
            case "useragent" -> requestHeader("user-agent");
            case "id" -> requestHeader("x-request-id");
            case "protocol" -> PropertyValues.string(exchange.protocol());
            case "time" -> PropertyValues.timestamp(exchange.receivedAt());
            case "duration" -> duration();
            case "headers" -> joined(stream.half(Direction.REQUEST).headers());
            case "size" -> contentLength(stream.half(Direction.REQUEST).headers());
            default -> null;
        };
    }

    private byte @Nullable [] response(String attribute) {
        HeaderMap headers = stream.half(Direction.RESPONSE).headers();
        return switch (attribute) {
            case "code" -> statusCode(headers);
            case "headers" -> joined(headers);
            case "trailers" -> joined(stream.half(Direction.RESPONSE).trailers());
            case "size" -> contentLength(headers);
            default -> null;
        };
    }

    private static byte @Nullable [] endpoint(String attribute, String address, int port) {
        boolean known = !address.isEmpty();
        return switch (attribute) {
            case "address" -> known ? PropertyValues.string(hostAndPort(address, port)) : null;
            case "port" -> port >= 0 ? PropertyValues.integer(port) : null;
            default -> null;
        };
    }

    private static String hostAndPort(String address, int port) {
        return address.indexOf(':') >= 0 ? "[" + address + "]:" + port : address + ":" + port;
    }

    private byte @Nullable [] requestHeader(String name) {
        HeaderMap headers = stream.half(Direction.REQUEST).headers();
        String value = headers == null ? null : headers.get(name);
        return value == null ? null : PropertyValues.string(value);
    }

    private byte @Nullable [] pathPart(int part) {
        HeaderMap headers = stream.half(Direction.REQUEST).headers();
        String path = headers == null ? null : headers.get(":path");
        if (path == null) {
            return null;
        }
        String[] parts = path.split("\\?", 2);
        return PropertyValues.string(part < parts.length ? parts[part] : "");
    }

    private byte @Nullable [] duration() {
        return stream.isClosing()
                ? PropertyValues.duration(Duration.between(exchange.receivedAt(), clock.instant()))
                : null;
    }

    private static byte @Nullable [] statusCode(@Nullable HeaderMap headers) {
        String status = headers == null ? null : headers.get(":status");
        return status == null ? null : PropertyValues.integer(Integer.parseInt(status));
    }

    private static byte @Nullable [] contentLength(@Nullable HeaderMap headers) {
        String length = headers == null ? null : headers.get("content-length");
        return length == null || !length.matches("\\d{1,18}") ? null : PropertyValues.integer(Long.parseLong(length));
    }

    /** A map property has each name once; several values are joined by commas. */
    private static byte @Nullable [] joined(@Nullable HeaderMap headers) {
        if (headers == null) {
            return null;
        }
        HeaderMap joined = new HeaderMap(headers.size());
        headers.forEach((name, value) -> {
            if (!joined.contains(name)) {
                joined.add(name, String.join(",", headers.getAll(name)));
            }
        });
        return MapCodec.encode(joined);
    }
}

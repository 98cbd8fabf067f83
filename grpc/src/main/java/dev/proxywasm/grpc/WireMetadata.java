package dev.proxywasm.grpc;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.spi.CalloutRefusedException;
import io.grpc.Metadata;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;

/** Metadata between the host's form, in which binary values are base64 as on the wire, and grpc-java's. */
final class WireMetadata {

    /** Those that belong to the connection, which makes them itself. */
    private static final Set<String> OF_CONNECTION = Set.of(
            "connection",
            "content-length",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "transfer-encoding",
            "upgrade");

    private static final Pattern TEXT = Pattern.compile("[ -~]*");

    private WireMetadata() {}

    /**
     * Metadata to send.
     *
     * @throws CalloutRefusedException naming what cannot be sent
     */
    static Metadata of(HeaderMap headers) {
        Metadata metadata = new Metadata();
        headers.forEach((name, value) -> {
            if (!OF_CONNECTION.contains(name)) {
                put(metadata, name, value);
            }
        });
        return metadata;
    }

    /** grpc-java's own messages quote the value, which may be a secret. */
    private static void put(Metadata metadata, String name, String value) {
        try {
            if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
                byte[] bytes = Base64.getDecoder().decode(value);
                metadata.put(Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER), bytes);
            } else if (TEXT.matcher(value).matches()) {
                metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
            } else {
                throw new IllegalArgumentException("not ASCII");
            }
        } catch (IllegalArgumentException refused) {
            throw new CalloutRefusedException(
                    "the metadata '" + name.replaceAll("[^ -~]", "?")
                            + "' has a name or a value that cannot be sent: names are of [0-9a-z_.-], values are ASCII, and base64 behind -bin");
        }
    }

    /** Metadata that came. */
    static HeaderMap toHeaders(Metadata metadata) {
        HeaderMap headers = new HeaderMap();
        for (String name : metadata.keys()) {
            if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
                for (byte[] value : all(metadata, Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER))) {
                    headers.add(name, Base64.getEncoder().withoutPadding().encodeToString(value));
                }
            } else {
                for (String value : all(metadata, Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER))) {
                    headers.add(name, value);
                }
            }
        }
        return headers;
    }

    private static <T> Iterable<T> all(Metadata metadata, Metadata.Key<T> key) {
        Iterable<T> values = metadata.getAll(key);
        return values == null ? Set.of() : values;
    }
}

package dev.proxywasm.internal.callout.jdk;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.spi.CalloutRefusedException;
import dev.proxywasm.spi.HttpCall;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Set;

/** Turns a call into a request of the JDK's client. Immutable. */
final class RequestBuilder {

    /** Those that belong to a connection, not to a call; the client makes them itself. */
    private static final Set<String> OF_CONNECTION = Set.of(
            "connection",
            "content-length",
            "expect",
            "http2-settings",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final boolean canSetHost;

    RequestBuilder(boolean canSetHost) {
        this.canSetHost = canSetHost;
    }

    /**
     * The request of a call.
     *
     * @throws CalloutRefusedException naming the header that cannot be sent
     */
    HttpRequest build(HttpCall call) {
        HeaderMap headers = call.headers();
        boolean secure = "https".equalsIgnoreCase(call.upstream().getScheme());
        HttpRequest.Builder request = HttpRequest.newBuilder(target(call.upstream(), required(headers, ":path")))
                .version(secure ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
        putMethod(request, required(headers, ":method"), body(call.body()));
        if (canSetHost) {
            put(request, "host", required(headers, ":authority"));
        }
        headers.forEach((name, value) -> {
            if (!HeaderMap.isPseudo(name) && !OF_CONNECTION.contains(name)) {
                put(request, name, value);
            }
        });
        return request.build();
    }

    private static String required(HeaderMap headers, String name) {
        return Objects.requireNonNull(headers.get(name), name);
    }

    private static BodyPublisher body(ByteBuffer bytes) {
        if (!bytes.hasRemaining()) {
            return BodyPublishers.noBody();
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return BodyPublishers.ofByteArray(copy);
    }

    private static URI target(URI upstream, String path) {
        if (path.charAt(0) != '/') {
            throw new CalloutRefusedException(":path does not begin with '/'");
        }
        return URI.create(upstream.getScheme() + "://" + upstream.getRawAuthority() + PathText.escaped(path));
    }

    private static void putMethod(HttpRequest.Builder request, String method, BodyPublisher body) {
        try {
            request.method(method, body);
        } catch (IllegalArgumentException refused) {
            throw new CalloutRefusedException("a call cannot have that :method: " + refused.getMessage());
        }
    }

    /** The client's own message quotes the value, which may be a secret. */
    private static void put(HttpRequest.Builder request, String name, String value) {
        try {
            request.header(name, value);
        } catch (IllegalArgumentException refused) {
            throw new CalloutRefusedException("the header '" + name.replaceAll("[^!-~]", "?")
                    + "' has a name or a value that no HTTP message can have");
        }
    }
}

package dev.proxywasm.internal.callout.jdk;

import dev.proxywasm.spi.CalloutRefusedException;
import dev.proxywasm.spi.HttpCall;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;

/** Turns a call into a request of the JDK's client. Immutable. */
final class RequestBuilder {

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
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target(call)).version(version(call)).method(call.method(), body(call.body()));
        if (canSetHost) {
            put(request, "host", call.authority());
        }
        call.endToEndHeaders().forEach((name, value) -> put(request, name, value));
        return request.build();
    }

    /** In HTTP/2 the client names the host of its uri besides the one that is set, and servers refuse a request that names two. */
    private HttpClient.Version version(HttpCall call) {
        boolean isForItsServer =
                !canSetHost || call.authority().equalsIgnoreCase(call.upstream().getRawAuthority());
        return call.secure() && isForItsServer ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
    }

    private static BodyPublisher body(ByteBuffer bytes) {
        if (!bytes.hasRemaining()) {
            return BodyPublishers.noBody();
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return BodyPublishers.ofByteArray(copy);
    }

    private static URI target(HttpCall call) {
        return URI.create(call.upstream().getScheme() + "://" + call.upstream().getRawAuthority() + call.target());
    }

    /** The client's own message quotes the value, which may be a secret. */
    private static void put(HttpRequest.Builder request, String name, String value) {
        try {
            request.header(name, value);
        } catch (IllegalArgumentException refused) {
            throw new CalloutRefusedException("the header '" + name + "' cannot be sent by the JDK's client");
        }
    }
}

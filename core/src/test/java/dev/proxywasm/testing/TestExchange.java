package dev.proxywasm.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpExchange;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.http.ReleasedMessage;
import java.nio.ByteBuffer;
import java.time.Instant;

/** An exchange as a test's server drives it: short ways to push, to see what was released, and to obey. */
public record TestExchange(HttpStream stream) implements AutoCloseable {

    /** What the server knows of every exchange. */
    public static final HttpExchange FACTS = new HttpExchange() {
        @Override
        public String protocol() {
            return "HTTP/1.1";
        }

        @Override
        public String remoteAddress() {
            return "192.0.2.1";
        }

        @Override
        public int remotePort() {
            return 4711;
        }

        @Override
        public String localAddress() {
            return "192.0.2.2";
        }

        @Override
        public int localPort() {
            return 80;
        }

        @Override
        public Instant receivedAt() {
            return Instant.EPOCH;
        }
    };

    /** Pushes request headers with something behind them. */
    public Outcome requestHeaders() {
        return stream.requestHeaders(false);
    }

    /** Pushes request headers and nothing else. */
    public Outcome bodylessRequest() {
        return stream.requestHeaders(true);
    }

    /** Pushes a part of the request's body. */
    public Outcome requestBody(String text) {
        return stream.requestBody(bytes(text), false);
    }

    /** Pushes the last part of the request's body. */
    public Outcome lastRequestBody(String text) {
        return stream.requestBody(bytes(text), true);
    }

    /** Pushes response headers with something behind them. */
    public Outcome responseHeaders(String... more) {
        return stream.responseHeaders(ok(more), false);
    }

    /** Pushes response headers and nothing else. */
    public Outcome bodylessResponse(String... more) {
        return stream.responseHeaders(ok(more), true);
    }

    /** Pushes a part of the response's body. */
    public Outcome responseBody(String text) {
        return stream.responseBody(bytes(text), false);
    }

    /** Pushes the last part of the response's body. */
    public Outcome lastResponseBody(String text) {
        return stream.responseBody(bytes(text), true);
    }

    /** Pushes a local response as a server does. */
    public Outcome answerWith(Outcome reply) {
        LocalResponse response = ((Outcome.Reply) reply).response();
        boolean bodyless = !response.body().hasRemaining();
        Outcome headers = stream.responseHeaders(response.headers(), bodyless);
        return bodyless || headers != Outcome.FORWARD ? headers : stream.responseBody(response.body(), true);
    }

    private static HeaderMap ok(String... more) {
        HeaderMap headers = HeaderMap.of(":status", "200");
        headers.addAll(HeaderMap.of(more));
        return headers;
    }

    /** The request as it left the chain. */
    public ReleasedMessage request() {
        return stream.request();
    }

    /** The response as it left the chain. */
    public ReleasedMessage response() {
        return stream.response();
    }

    /** Takes the request body released since the last call. */
    public String takeRequestBody() {
        return UTF_8.decode(stream.request().takeBody()).toString();
    }

    /** Takes the response body released since the last call. */
    public String takeResponseBody() {
        return UTF_8.decode(stream.response().takeBody()).toString();
    }

    /** Whether both messages pass a chain that changes nothing; what a server does for a GET. */
    public boolean passes() {
        return bodylessRequest() == Outcome.FORWARD && bodylessResponse() == Outcome.FORWARD;
    }

    /** The bytes of a text. */
    public static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    @Override
    public void close() {
        stream.close();
    }
}

package dev.proxywasm.servlet;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.http.Outcome;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What a scripted chain does with an exchange; nothing, until it is told. */
final class Script {

    /** How a direction's body passes. */
    enum Bodies {
        UNSEEN,
        STREAMED,
        HELD
    }

    Function<HeaderMap, Outcome> requestHeaders = headers -> Outcome.FORWARD;
    Function<HeaderMap, Outcome> responseHeaders = headers -> Outcome.FORWARD;
    volatile boolean stackUsedUp;
    Bodies requestBodies = Bodies.UNSEEN;
    Bodies responseBodies = Bodies.UNSEEN;
    UnaryOperator<byte[]> requestBody = UnaryOperator.identity();
    UnaryOperator<byte[]> responseBody = UnaryOperator.identity();
    Function<byte[], Outcome> requestChunk = chunk -> Outcome.FORWARD;
    Function<byte[], Outcome> responseChunk = chunk -> Outcome.FORWARD;
    int requestBodyBuffer = 1024 * 1024;
    boolean hasFilters = true;

    Script onRequestHeaders(Function<HeaderMap, Outcome> action) {
        requestHeaders = action;
        return this;
    }

    Script onResponseHeaders(Function<HeaderMap, Outcome> action) {
        responseHeaders = action;
        return this;
    }

    Script requestBodies(Bodies bodies, UnaryOperator<byte[]> change) {
        requestBodies = bodies;
        requestBody = change;
        return this;
    }

    Script responseBodies(Bodies bodies, UnaryOperator<byte[]> change) {
        responseBodies = bodies;
        responseBody = change;
        return this;
    }

    Script onResponseChunk(Function<byte[], Outcome> action) {
        responseChunk = action;
        return this;
    }

    static Outcome reply(int status, String text) {
        return new Outcome.Reply(LocalResponse.text(status, text, "scripted"));
    }
}

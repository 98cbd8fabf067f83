package dev.proxywasm.internal.stream;

import dev.proxywasm.abi.MapType;
import dev.proxywasm.abi.StreamType;
import dev.proxywasm.internal.callback.Callback;
import java.util.List;

/** The two ways through the chain, with the names that the ABI gives their parts. */
enum Direction {
    REQUEST(
            Callback.REQUEST_HEADERS,
            Callback.REQUEST_BODY,
            Callback.REQUEST_TRAILERS,
            MapType.HTTP_REQUEST_HEADERS,
            MapType.HTTP_REQUEST_TRAILERS,
            StreamType.HTTP_REQUEST),
    RESPONSE(
            Callback.RESPONSE_HEADERS,
            Callback.RESPONSE_BODY,
            Callback.RESPONSE_TRAILERS,
            MapType.HTTP_RESPONSE_HEADERS,
            MapType.HTTP_RESPONSE_TRAILERS,
            StreamType.HTTP_RESPONSE);

    /** Both, the request first; not to be changed. */
    static final List<Direction> BOTH = List.of(values());

    final Callback headers;
    final Callback body;
    final Callback trailers;
    final MapType headerMap;
    final MapType trailerMap;
    final StreamType stream;

    Direction(
            Callback headers,
            Callback body,
            Callback trailers,
            MapType headerMap,
            MapType trailerMap,
            StreamType stream) {
        this.headers = headers;
        this.body = body;
        this.trailers = trailers;
        this.headerMap = headerMap;
        this.trailerMap = trailerMap;
        this.stream = stream;
    }

    /** The other way. */
    Direction opposite() {
        return this == REQUEST ? RESPONSE : REQUEST;
    }
}

package dev.proxywasm.internal.stream;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.internal.hostcall.LocalReplies;

/** What the host itself answers to a request, with the words that Envoy logs for it. */
final class HostReplies {

    private static final int PAYLOAD_TOO_LARGE = 413;
    private static final int SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;

    private final HeaderMap requestHeaders;

    /** Answers to the request with those headers. */
    HostReplies(HeaderMap requestHeaders) {
        this.requestHeaders = requestHeaders;
    }

    /** For a plugin that cannot be asked, and whose policy is to let nothing pass. */
    LocalResponse unavailable() {
        return of(UNAVAILABLE, "wasm_fail_stream");
    }

    /** For a plugin that holds more of a body than it may. */
    LocalResponse tooLarge(Direction direction) {
        return direction == Direction.REQUEST
                ? of(PAYLOAD_TOO_LARGE, "request_payload_too_large")
                : of(SERVER_ERROR, "response_payload_too_large");
    }

    /** For a plugin that pauses longer than it may. */
    LocalResponse pausedTooLong() {
        return of(GATEWAY_TIMEOUT, "pause_timeout");
    }

    private LocalResponse of(int status, String details) {
        return LocalReplies.of(
                requestHeaders, status, details, new byte[0], new HeaderMap(0), LocalReplies.NO_GRPC_STATUS);
    }
}

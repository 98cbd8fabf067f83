package dev.proxywasm.internal.callout;

import dev.proxywasm.PluginCounter;
import dev.proxywasm.UpstreamConfig;
import dev.proxywasm.UpstreamTls;
import dev.proxywasm.abi.BufferType;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.callback.Callback;
import dev.proxywasm.internal.codec.MapCodec;
import dev.proxywasm.spi.CalloutRefusedException;
import dev.proxywasm.spi.HttpCall;
import dev.proxywasm.spi.HttpCallResult;
import dev.proxywasm.spi.HttpCallResult.Answer;
import dev.proxywasm.spi.HttpCallResult.Failure;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP calls of one VM. Confined to the VM. */
public final class HttpCallouts {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.callout");
    /** Envoy's number, which no hostcall answers. */
    private static final int BROKEN_CONNECTION = 11;

    private static final HeaderMap NO_HEADERS = new HeaderMap(0);
    private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

    private final Callouts callouts;
    private final CalloutServices services;

    HttpCallouts(Callouts callouts, CalloutServices services) {
        this.callouts = callouts;
        this.services = services;
    }

    /**
     * Starts a call.
     *
     * @param upstream the guest's name for it
     * @param headers with {@code :method}, {@code :path} and {@code :authority} or {@code host}; taken over
     * @param timeoutMillis 0 for none but the host's own; not negative
     */
    public CalloutStart start(
            String upstream, HeaderMap headers, ByteBuffer body, HeaderMap trailers, int timeoutMillis) {
        String full = callouts.refusal();
        if (full != null) {
            return CalloutStart.refused(Status.INTERNAL_FAILURE, full);
        }
        try {
            completeHeaders(headers);
            UpstreamConfig found = services.upstreams().find(upstream, "https".equals(headers.get(":scheme")));
            Duration timeout = callouts.timeout(timeoutMillis, found.timeout());
            int maxBody = callouts.plugin().limits().calloutBodyBytes();
            return start(
                    upstream,
                    new HttpCall(
                            found.uri(),
                            found.tls().map(UpstreamTls::current),
                            headers,
                            body,
                            trailers,
                            timeout,
                            maxBody));
        } catch (CalloutRefusedException refused) {
            return CalloutStart.refused(Status.BAD_ARGUMENT, String.valueOf(refused.getMessage()));
        }
    }

    private static void completeHeaders(HeaderMap headers) {
        String host = headers.get("host");
        headers.remove("host");
        if (host != null && !headers.contains(":authority")) {
            headers.add(":authority", host);
        }
        for (String required : new String[] {":method", ":path", ":authority"}) {
            String value = headers.get(required);
            if (value == null || value.isEmpty()) {
                throw new CalloutRefusedException("the headers lack " + required
                        + (required.equals(":authority") ? " (or host)" : "")
                        + "; a call needs :method, :path and :authority");
            }
        }
    }

    private CalloutStart start(String upstream, HttpCall request) {
        if (!request.trailers().isEmpty() && !services.http().supportsTrailers()) {
            callouts.warn(
                    "the call to upstream '" + upstream
                            + "' goes out without its trailers: the host's HTTP client can send none; with the artifact proxy-wasm-http-client it can");
        }
        Call call = callouts.add(token -> new Call(token, upstream));
        try {
            call.started(
                    services.http().start(request, result -> callouts.post(() -> call.ended(result))),
                    callouts.watch(call, request.timeout()));
            callouts.count(PluginCounter.CALLOUTS);
            return CalloutStart.started(call.token());
        } catch (CalloutRefusedException refused) {
            callouts.end(call);
            throw refused;
        } catch (RuntimeException broken) {
            callouts.end(call);
            LOG.error(
                    "plugin '{}': a call to upstream '{}' could not be started",
                    callouts.plugin().name(),
                    upstream,
                    broken);
            return CalloutStart.refused(Status.INTERNAL_FAILURE, "the call could not be started: " + broken);
        }
    }

    /** One call. */
    private final class Call extends OutstandingCall {

        private final String upstream;

        Call(int token, String upstream) {
            super(token);
            this.upstream = upstream;
        }

        @Override
        void timedOut(String reason) {
            if (callouts.end(this)) {
                cancel();
                failed(reason);
            }
        }

        /** The first end counts. */
        void ended(HttpCallResult result) {
            if (!callouts.end(this)) {
                return;
            }
            if (result instanceof Answer answer && fits(answer.headers()) && fits(answer.trailers())) {
                answered(answer);
            } else {
                failed(result instanceof Failure failure ? failure.reason() : "the answer has too many headers");
            }
        }

        private boolean fits(HeaderMap headers) {
            return headers.size() <= callouts.plugin().limits().headerCount()
                    && MapCodec.encodedSize(headers)
                            <= callouts.plugin().limits().headerBytes();
        }

        private void answered(Answer answer) {
            callouts.view()
                    .show(MapType.HTTP_CALL_RESPONSE_HEADERS, answer.headers())
                    .show(MapType.HTTP_CALL_RESPONSE_TRAILERS, answer.trailers())
                    .show(BufferType.HTTP_CALL_RESPONSE_BODY, answer.body());
            callouts.tell(
                    Callback.HTTP_CALL_RESPONSE,
                    this,
                    answer.headers().size(),
                    answer.body().remaining(),
                    answer.trailers().size());
        }

        /** As Envoy does: no headers, and a status that means a broken connection, whatever the reason. */
        private void failed(String reason) {
            callouts.count(PluginCounter.CALLOUT_FAILURES);
            callouts.warn("the call " + token() + " to upstream '" + upstream + "' failed: " + reason);
            callouts.view()
                    .show(MapType.HTTP_CALL_RESPONSE_HEADERS, NO_HEADERS)
                    .show(MapType.HTTP_CALL_RESPONSE_TRAILERS, NO_HEADERS)
                    .show(BufferType.HTTP_CALL_RESPONSE_BODY, NO_BYTES)
                    .show(BROKEN_CONNECTION, "reset");
            callouts.tell(Callback.HTTP_CALL_RESPONSE, this, 0, 0, 0);
        }
    }
}

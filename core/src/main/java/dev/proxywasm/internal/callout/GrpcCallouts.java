package dev.proxywasm.internal.callout;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxywasm.PluginCounter;
import dev.proxywasm.UpstreamConfig;
import dev.proxywasm.UpstreamTls;
import dev.proxywasm.abi.Status;
import dev.proxywasm.spi.CalloutRefusedException;
import dev.proxywasm.spi.GrpcCall;
import dev.proxywasm.spi.GrpcCallClient;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gRPC calls of one VM, unary and of streams. Confined to the VM. */
public final class GrpcCallouts {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.callout");

    /** In place of a time-out in milliseconds, which is not negative. */
    private static final int NEVER = -1;

    private final Callouts callouts;
    private final CalloutServices services;

    GrpcCallouts(Callouts callouts, CalloutServices services) {
        this.callouts = callouts;
        this.services = services;
    }

    /**
     * Starts a unary call.
     *
     * @param timeoutMillis 0 for none but the host's own; not negative
     */
    public CalloutStart call(GrpcTarget target, ByteBuffer message, int timeoutMillis) {
        return start(target, token -> new UnaryGrpcCall(token, callouts, message), timeoutMillis);
    }

    /** Opens a stream; it has no time-out. */
    public CalloutStart stream(GrpcTarget target) {
        return start(target, token -> new GrpcStreamCall(token, callouts), NEVER);
    }

    /**
     * Sends a message on a stream.
     *
     * @param last whether none will follow
     */
    public CalloutStart send(int token, ByteBuffer message, boolean last) {
        OutstandingCall call = callouts.get(token);
        if (call == null) {
            return unknown(token);
        }
        if (!(call instanceof GrpcStreamCall stream)) {
            return CalloutStart.refused(
                    Status.BAD_ARGUMENT, "call " + Integer.toUnsignedString(token) + " is no gRPC stream");
        }
        try {
            stream.send(message, last);
            return CalloutStart.started(token);
        } catch (CalloutRefusedException refused) {
            return CalloutStart.refused(Status.BAD_ARGUMENT, String.valueOf(refused.getMessage()));
        }
    }

    /** Half-closes a stream; gives a unary call up. */
    public CalloutStart close(int token) {
        OutstandingCall call = callouts.get(token);
        if (call instanceof GrpcStreamCall stream) {
            stream.halfClose();
            return CalloutStart.started(token);
        }
        return cancel(token);
    }

    /** Gives a call or stream up; the guest is told nothing more of it. */
    public CalloutStart cancel(int token) {
        if (callouts.get(token) instanceof GrpcOutstandingCall call) {
            call.end();
            call.cancel();
            return CalloutStart.started(token);
        }
        return unknown(token);
    }

    private static CalloutStart unknown(int token) {
        return CalloutStart.refused(
                Status.NOT_FOUND, "there is no gRPC call " + Integer.toUnsignedString(token) + " under way");
    }

    private CalloutStart start(GrpcTarget target, IntFunction<GrpcOutstandingCall> kind, int timeoutMillis) {
        GrpcCallClient client = services.grpc().orElse(null);
        if (client == null) {
            return CalloutStart.refused(
                    Status.UNIMPLEMENTED,
                    "this host makes no gRPC calls; add the artifact dev.proxywasm:proxy-wasm-grpc to the class path");
        }
        String full = callouts.refusal();
        if (full != null) {
            return CalloutStart.refused(Status.INTERNAL_FAILURE, full);
        }
        try {
            GrpcCall request = request(target, timeoutMillis);
            return open(client, request, callouts.add(kind));
        } catch (CalloutRefusedException unknown) {
            return CalloutStart.refused(Status.PARSE_FAILURE, String.valueOf(unknown.getMessage()));
        }
    }

    private GrpcCall request(GrpcTarget target, int timeoutMillis) {
        UpstreamConfig upstream = upstream(target.upstream());
        return new GrpcCall(
                upstream.uri(),
                upstream.tls().map(UpstreamTls::current),
                target.service(),
                target.method(),
                target.metadata(),
                timeoutMillis == NEVER ? Duration.ZERO : callouts.timeout(timeoutMillis, upstream.timeout()),
                callouts.plugin().limits().calloutBodyBytes());
    }

    private CalloutStart open(GrpcCallClient client, GrpcCall request, GrpcOutstandingCall call) {
        try {
            call.opened(client.open(request, call), request.timeout());
            callouts.count(PluginCounter.CALLOUTS);
            return CalloutStart.started(call.token());
        } catch (CalloutRefusedException refused) {
            callouts.end(call);
            call.cancel();
            return CalloutStart.refused(Status.INTERNAL_FAILURE, String.valueOf(refused.getMessage()));
        } catch (RuntimeException broken) {
            callouts.end(call);
            call.cancel();
            LOG.error(
                    "plugin '{}': a gRPC call could not be started",
                    callouts.plugin().name(),
                    broken);
            return CalloutStart.refused(Status.INTERNAL_FAILURE, "the call could not be started: " + broken);
        }
    }

    /** A configured name wins over the message that its bytes may happen to be. */
    private UpstreamConfig upstream(ByteBuffer bytes) {
        String name = UTF_8.decode(bytes.duplicate()).toString();
        return services.upstreams().has(name)
                ? services.upstreams().find(name, false)
                : services.upstreams().find(GrpcServiceProto.clusterName(bytes).orElse(name), false);
    }
}

package dev.proxywasm.internal.callout;

import dev.proxywasm.PluginCounter;
import dev.proxywasm.abi.BufferType;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.callback.Callback;
import dev.proxywasm.spi.CalloutRefusedException;
import dev.proxywasm.spi.GrpcListener;
import dev.proxywasm.spi.GrpcStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A gRPC call without an end. Confined to the VM, but for the listener's methods, which only post into it. */
abstract class GrpcOutstandingCall extends OutstandingCall implements GrpcListener {

    static final int OK = 0;
    static final int DEADLINE_EXCEEDED = 4;
    static final int INTERNAL = 13;

    /** That there is no connection; other codes are answers of servers. */
    private static final int UNAVAILABLE = 14;

    private final Callouts callouts;
    private @Nullable GrpcStream stream;

    GrpcOutstandingCall(int token, Callouts callouts) {
        super(token);
        this.callouts = callouts;
    }

    /**
     * The call is open; it is given up after that time, unless it is zero.
     *
     * @throws CalloutRefusedException if what it begins with cannot be sent
     */
    final void opened(GrpcStream opened, Duration timeout) {
        stream = opened;
        started(opened, timeout.isZero() ? null : callouts.watch(this, timeout));
        opened.request();
        begin();
    }

    /** Sends what the call begins with. */
    void begin() {}

    final GrpcStream stream() {
        GrpcStream opened = stream;
        if (opened == null) {
            throw new IllegalStateException("call " + token() + " has not been opened");
        }
        return opened;
    }

    abstract void initialMetadata(HeaderMap metadata);

    abstract void message(ByteBuffer message);

    abstract void closed(int status, String message, HeaderMap trailers);

    @Override
    public final void onInitialMetadata(HeaderMap metadata) {
        post(() -> initialMetadata(metadata));
    }

    @Override
    public final void onMessage(ByteBuffer message) {
        post(() -> message(message));
    }

    @Override
    public final void onClose(int status, String message, HeaderMap trailers) {
        post(() -> closed(status, message, trailers));
    }

    private void post(Runnable event) {
        callouts.post(() -> {
            if (isOutstanding()) {
                event.run();
            }
        });
    }

    final boolean isOutstanding() {
        return callouts.get(token()) == this;
    }

    @Override
    final void timedOut(String reason) {
        if (isOutstanding()) {
            cancel();
            closed(DEADLINE_EXCEEDED, reason, new HeaderMap(0));
        }
    }

    final void end() {
        callouts.end(this);
    }

    final void tellInitialMetadata(HeaderMap metadata) {
        callouts.view().show(MapType.GRPC_RECEIVE_INITIAL_METADATA, metadata);
        callouts.tell(Callback.GRPC_RECEIVE_INITIAL_METADATA, this, metadata.size(), 0, 0);
    }

    final void tellMessage(ByteBuffer message) {
        callouts.view().show(BufferType.GRPC_RECEIVE_BUFFER, message);
        callouts.tell(Callback.GRPC_RECEIVE, this, message.remaining(), 0, 0);
    }

    final void tellTrailingMetadata(HeaderMap metadata) {
        callouts.view().show(MapType.GRPC_RECEIVE_TRAILING_METADATA, metadata);
        callouts.tell(Callback.GRPC_RECEIVE_TRAILING_METADATA, this, metadata.size(), 0, 0);
    }

    final void tellClose(int status, String message) {
        if (status != OK) {
            callouts.count(PluginCounter.CALLOUT_FAILURES);
        }
        if (status == UNAVAILABLE) {
            callouts.warn("the gRPC call " + token() + " failed: " + message);
        }
        callouts.view().show(status, message);
        callouts.tell(Callback.GRPC_CLOSE, this, status, 0, 0);
    }
}

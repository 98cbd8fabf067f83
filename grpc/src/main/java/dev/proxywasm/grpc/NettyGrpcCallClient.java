package dev.proxywasm.grpc;

import dev.proxywasm.spi.CalloutRefusedException;
import dev.proxywasm.spi.GrpcCall;
import dev.proxywasm.spi.GrpcCallClient;
import dev.proxywasm.spi.GrpcListener;
import dev.proxywasm.spi.GrpcStream;
import dev.proxywasm.spi.TlsClients;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Makes gRPC calls with grpc-java, one channel an upstream: without TLS for {@code http}; for {@code https} with that of the call, or as the
 * JVM is configured. Takes no proxy from the environment and repeats no call by itself.
 *
 * <p>Messages are passed on as they are; no Protocol Buffers are needed.
 */
public final class NettyGrpcCallClient implements GrpcCallClient {

    private static final long IDLE_THREAD_SECONDS = 5;
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final Pattern NAME = Pattern.compile("[!-.0-~]+");
    private static final AtomicInteger THREADS = new AtomicInteger();

    /** Never shut down: channels use it until their last connection is gone. Its threads end when idle. */
    private final Executor executor = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_THREAD_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "proxy-wasm-grpc-" + THREADS.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    private final Queue<ManagedChannel> closing = new ConcurrentLinkedQueue<>();
    private final TlsClients<Channels> channels = new TlsClients<>(tls -> new Channels(tls, executor), this::giveUp);

    /** A client that has no connections yet. */
    public NettyGrpcCallClient() {}

    private void giveUp(Channels unused) {
        closing.removeIf(ManagedChannel::isTerminated);
        closing.addAll(unused.shutdown());
    }

    @Override
    public GrpcStream open(GrpcCall call, GrpcListener listener) {
        MethodDescriptor<byte[], byte[]> method = method(call);
        Metadata metadata = WireMetadata.of(call.metadata());
        ManagedChannel channel = channels.client(call.tls()).to(call.upstream());
        ClientCall<byte[], byte[]> client = channel.newCall(method, options(call));
        client.start(new ListenerAdapter(call, listener), metadata);
        return new ClientStream(client);
    }

    private static MethodDescriptor<byte[], byte[]> method(GrpcCall call) {
        String path = call.service() + "/" + call.method();
        if (!NAME.matcher(call.service()).matches()
                || !NAME.matcher(call.method()).matches()) {
            throw new CalloutRefusedException(
                    "'" + path.replaceAll("[^ -~]", "?") + "' is no name of a service and method");
        }
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .setFullMethodName(path)
                .setRequestMarshaller(BytesMarshaller.INSTANCE)
                .setResponseMarshaller(BytesMarshaller.INSTANCE)
                .build();
    }

    private static CallOptions options(GrpcCall call) {
        CallOptions options = CallOptions.DEFAULT.withMaxInboundMessageSize(call.maxMessageBytes());
        return call.timeout().isZero()
                ? options
                : options.withDeadlineAfter(call.timeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits a little until the connections are gone; one that takes longer goes by itself. */
    @Override
    public void close() {
        channels.close();
        long deadline = System.nanoTime() + CLOSE_NANOS;
        try {
            for (ManagedChannel channel : closing) {
                channel.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

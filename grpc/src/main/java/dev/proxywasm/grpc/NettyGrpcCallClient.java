package dev.proxywasm.grpc;

import dev.proxywasm.spi.CalloutRefusedException;
import dev.proxywasm.spi.GrpcCall;
import dev.proxywasm.spi.GrpcCallClient;
import dev.proxywasm.spi.GrpcListener;
import dev.proxywasm.spi.GrpcStream;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Makes gRPC calls with grpc-java, one channel an upstream: without TLS for {@code http}, with TLS and the JVM's certificates for
 * {@code https}. Takes no proxy from the environment and repeats no call by itself.
 *
 * <p>Messages are passed on as they are; no Protocol Buffers are needed.
 */
public final class NettyGrpcCallClient implements GrpcCallClient {

    /** Upstreams are few; only with direct callouts can a guest name servers without end. */
    private static final int MOST_CHANNELS = 1000;

    private static final long IDLE_THREAD_SECONDS = 5;
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final Pattern NAME = Pattern.compile("[!-.0-~]+");
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final Map<URI, ManagedChannel> channels = new ConcurrentHashMap<>();

    /** Never shut down: channels use it until their last connection is gone. Its threads end when idle. */
    private final Executor executor = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_THREAD_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "proxy-wasm-grpc-" + THREADS.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    private volatile boolean closed;

    /** A client that has no connections yet. */
    public NettyGrpcCallClient() {}

    @Override
    public GrpcStream open(GrpcCall call, GrpcListener listener) {
        MethodDescriptor<byte[], byte[]> method = method(call);
        Metadata metadata = WireMetadata.of(call.metadata());
        ClientCall<byte[], byte[]> client = channel(call.upstream()).newCall(method, options(call));
        client.start(new ListenerAdapter(listener), metadata);
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

    private ManagedChannel channel(URI upstream) {
        ManagedChannel known = channels.get(upstream);
        if (known != null) {
            return known;
        }
        if (closed || channels.size() >= MOST_CHANNELS) {
            throw new CalloutRefusedException(
                    closed ? "the host is closing" : "the host calls " + MOST_CHANNELS + " servers already");
        }
        return channels.computeIfAbsent(upstream, this::connect);
    }

    private ManagedChannel connect(URI upstream) {
        boolean secure = "https".equalsIgnoreCase(upstream.getScheme());
        String host = upstream.getHost();
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        int port = upstream.getPort() >= 0 ? upstream.getPort() : secure ? 443 : 80;
        NettyChannelBuilder channel = NettyChannelBuilder.forAddress(name, port)
                .executor(executor)
                .offloadExecutor(executor)
                .proxyDetector(server -> null)
                .disableRetry();
        return secure
                ? channel.useTransportSecurity().build()
                : channel.usePlaintext().build();
    }

    /** Waits a little until the connections are gone; one that takes longer goes by itself. */
    @Override
    public void close() {
        closed = true;
        channels.values().forEach(ManagedChannel::shutdownNow);
        long deadline = System.nanoTime() + CLOSE_NANOS;
        try {
            for (ManagedChannel channel : channels.values()) {
                channel.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        channels.clear();
    }
}

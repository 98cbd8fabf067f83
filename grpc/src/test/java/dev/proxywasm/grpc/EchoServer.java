package dev.proxywasm.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A real gRPC server with the service {@code test.Echo}: {@code Echo} sends every message back, {@code Refuse} refuses,
 * {@code Empty} ends without a message, {@code Twice} answers twice, {@code Hang} never answers.
 */
public final class EchoServer implements AutoCloseable {

    /** By which a guest says who it is. */
    public static final Metadata.Key<String> GUEST = Metadata.Key.of("x-guest", Metadata.ASCII_STRING_MARSHALLER);

    static final Metadata.Key<String> REPLY = Metadata.Key.of("x-reply", Metadata.ASCII_STRING_MARSHALLER);
    static final Metadata.Key<byte[]> REPLY_BYTES = Metadata.Key.of("x-reply-bin", Metadata.BINARY_BYTE_MARSHALLER);

    /** What the calls brought. */
    public final BlockingQueue<Metadata> metadata = new ArrayBlockingQueue<>(100);

    final BlockingQueue<String> events = new ArrayBlockingQueue<>(100);
    private final Server server;

    /** A server on a free port of the loopback address. */
    public EchoServer() throws IOException {
        ServerServiceDefinition service = ServerServiceDefinition.builder("test.Echo")
                .addMethod(method("Echo"), (call, headers) -> new Talk(call, headers))
                .addMethod(method("Twice"), (call, headers) -> new Talk(call, headers) {
                    @Override
                    public void onMessage(byte[] message) {
                        call.sendMessage(message);
                        super.onMessage(message);
                    }
                })
                .addMethod(method("Empty"), (call, headers) -> new Talk(call, headers) {
                    @Override
                    public void onMessage(byte[] message) {}
                })
                .addMethod(method("Refuse"), refusing())
                .addMethod(method("Hang"), (call, headers) -> {
                    metadata.add(headers);
                    return new Listening();
                })
                .build();
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(service)
                .build()
                .start();
    }

    private static MethodDescriptor<byte[], byte[]> method(String name) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .setFullMethodName("test.Echo/" + name)
                .setRequestMarshaller(BytesMarshaller.INSTANCE)
                .setResponseMarshaller(BytesMarshaller.INSTANCE)
                .build();
    }

    private ServerCallHandler<byte[], byte[]> refusing() {
        return (call, headers) -> {
            metadata.add(headers);
            Metadata trailers = new Metadata();
            trailers.put(REPLY, "last");
            call.close(Status.PERMISSION_DENIED.withDescription("not you"), trailers);
            return new Listening();
        };
    }

    /** Where it listens. */
    public String uri() {
        return "http://127.0.0.1:" + server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    /** Notes how a call ended. */
    private class Listening extends ServerCall.Listener<byte[]> {
        @Override
        public void onCancel() {
            events.add("cancelled");
        }

        @Override
        public void onComplete() {
            events.add("complete");
        }
    }

    /** Sends metadata, echoes, and ends when the client does. */
    private class Talk extends Listening {

        private final ServerCall<byte[], byte[]> call;

        Talk(ServerCall<byte[], byte[]> call, Metadata headers) {
            this.call = call;
            metadata.add(headers);
            Metadata first = new Metadata();
            first.put(REPLY, "first");
            first.put(REPLY_BYTES, new byte[] {0, (byte) 0xFF});
            call.sendHeaders(first);
            call.request(100);
        }

        @Override
        public void onMessage(byte[] message) {
            events.add("message " + new String(message, UTF_8));
            call.sendMessage(message);
        }

        @Override
        public void onHalfClose() {
            events.add("half-closed");
            Metadata trailers = new Metadata();
            trailers.put(REPLY, "last");
            call.close(Status.OK.withDescription("done"), trailers);
        }
    }
}

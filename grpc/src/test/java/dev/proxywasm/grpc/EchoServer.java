package dev.proxywasm.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2SecurityUtil;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolNames;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.JdkSslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;

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

    /** Of the calls that came through TLS. */
    final BlockingQueue<SSLSession> sessions = new ArrayBlockingQueue<>(100);

    final BlockingQueue<String> events = new ArrayBlockingQueue<>(100);
    private final Server server;
    private final String scheme;

    /** A server on a free port of the loopback address, without TLS. */
    public EchoServer() throws IOException {
        this("http", Optional.empty());
    }

    /** The same with TLS, demanding a certificate of its callers or not. */
    EchoServer(SSLContext tls, ClientAuth callers) throws IOException {
        this(
                "https",
                Optional.of(new JdkSslContext(
                        tls,
                        false,
                        Http2SecurityUtil.CIPHERS,
                        SupportedCipherSuiteFilter.INSTANCE,
                        new ApplicationProtocolConfig(
                                ApplicationProtocolConfig.Protocol.ALPN,
                                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                                ApplicationProtocolNames.HTTP_2),
                        callers,
                        null,
                        false)));
    }

    private EchoServer(String scheme, Optional<SslContext> tls) throws IOException {
        this.scheme = scheme;
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
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(service);
        tls.ifPresent(builder::sslContext);
        server = builder.build().start();
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
        return scheme + "://127.0.0.1:" + server.getPort();
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
            SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
            if (session != null) {
                sessions.add(session);
            }
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

package dev.proxywasm.grpc;

import dev.proxywasm.spi.CalloutRefusedException;
import dev.proxywasm.spi.ClientTls;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2SecurityUtil;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolNames;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.JdkSslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The channels to the upstreams that are called with the same TLS. Safe for use by several threads. */
final class Channels {

    /** Upstreams are few; only with direct callouts can a guest name servers without end. */
    private static final int MOST = 1000;

    private final Optional<SslContext> tls;
    private final Executor executor;
    private final Map<URI, ManagedChannel> channels = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Channels(Optional<ClientTls> tls, Executor executor) {
        this.tls = tls.map(Channels::context);
        this.executor = executor;
    }

    /** Netty's own provider takes no context of the JDK's; HTTP/2 wants its protocol and good ciphers named. */
    private static SslContext context(ClientTls tls) {
        return new JdkSslContext(
                tls.context(),
                true,
                tls.ciphers().isEmpty() ? Http2SecurityUtil.CIPHERS : tls.ciphers(),
                SupportedCipherSuiteFilter.INSTANCE,
                new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2),
                ClientAuth.NONE,
                tls.protocols().isEmpty() ? null : tls.protocols().toArray(String[]::new),
                false);
    }

    /**
     * The channel to an upstream.
     *
     * @throws CalloutRefusedException if there is none yet and there can be none
     */
    ManagedChannel to(URI upstream) {
        ManagedChannel known = channels.get(upstream);
        if (known != null) {
            return known;
        }
        if (closed || channels.size() >= MOST) {
            throw new CalloutRefusedException(
                    closed ? "the host is closing" : "the host calls " + MOST + " servers already");
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
        if (secure) {
            channel.useTransportSecurity();
            tls.ifPresent(channel::sslContext);
        } else {
            channel.usePlaintext();
        }
        return channel.build();
    }

    /** Gives up all calls; none is made any more. */
    Collection<ManagedChannel> shutdown() {
        closed = true;
        channels.values().forEach(ManagedChannel::shutdownNow);
        return channels.values();
    }
}

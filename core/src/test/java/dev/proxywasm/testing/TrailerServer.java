package dev.proxywasm.testing;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A Jetty that shows the trailers of requests and their TLS, and sends trailers of its own with every answer. */
public final class TrailerServer implements AutoCloseable {

    private static final String LOCAL = "127.0.0.1";

    /** What a request brought; the last is null without TLS. */
    public record Seen(
            String protocol,
            HttpFields headers,
            String body,
            HttpFields trailers,
            String host,
            EndPoint.SslSessionData tls) {}

    /** The requests so far. */
    public final BlockingQueue<Seen> seen = new ArrayBlockingQueue<>(10);

    private final Server server = new Server();
    private final ServerConnector connector;

    private TrailerServer(String address, ConnectionFactory... factories) throws Exception {
        connector = new ServerConnector(server, factories);
        connector.setHost(address);
        server.addConnector(connector);
        server.setHandler(new Trailing());
        server.start();
    }

    /** Without TLS. */
    public static TrailerServer plain() throws Exception {
        return plain(LOCAL);
    }

    /** Without TLS, at that address. */
    public static TrailerServer plain(String address) throws Exception {
        return new TrailerServer(address, new HttpConnectionFactory());
    }

    /** HTTP/1.1 over TLS. */
    public static TrailerServer http1(SSLContext tls) throws Exception {
        return http1(factory(tls));
    }

    /** The same with settings of its own. */
    public static TrailerServer http1(SslContextFactory.Server tls) throws Exception {
        HttpConnectionFactory http = new HttpConnectionFactory(secure());
        return new TrailerServer(LOCAL, new SslConnectionFactory(tls, http.getProtocol()), http);
    }

    /** HTTP/2 over TLS, or HTTP/1.1 for those who do not know it. */
    public static TrailerServer http2(SSLContext tls) throws Exception {
        return http2(factory(tls));
    }

    /** The same with settings of its own. */
    public static TrailerServer http2(SslContextFactory.Server tls) throws Exception {
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol("http/1.1");
        return new TrailerServer(
                LOCAL,
                new SslConnectionFactory(tls, alpn.getProtocol()),
                alpn,
                new HTTP2ServerConnectionFactory(secure()),
                new HttpConnectionFactory(secure()));
    }

    /** What it shows and trusts, for further settings. */
    public static SslContextFactory.Server factory(SSLContext tls) {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setSslContext(tls);
        return factory;
    }

    private static HttpConfiguration secure() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.addCustomizer(new SecureRequestCustomizer(false));
        return configuration;
    }

    /** Where it listens. */
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }

    private final class Trailing extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            String body = Content.Source.asString(request);
            HttpFields trailers = request.getTrailers();
            seen.add(new Seen(
                    request.getConnectionMetaData().getHttpVersion().asString(),
                    request.getHeaders(),
                    body,
                    trailers == null ? HttpFields.EMPTY : trailers,
                    Request.getServerName(request) + ":" + Request.getServerPort(request),
                    (EndPoint.SslSessionData) request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE)));
            HttpFields.Mutable behind =
                    HttpFields.build().add("x-sum", "42").add("x-two", "one").add("x-two", "two");
            response.setTrailersSupplier(() -> behind);
            Content.Sink.write(response, true, "answer", callback);
            return true;
        }
    }
}

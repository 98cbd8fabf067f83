package dev.proxywasm.jetty;

import dev.proxywasm.http.HttpExchange;
import dev.proxywasm.http.TlsConnection;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSession;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** What Jetty tells of the client's connection, after what its customizers have made of it; good also when the request is over. */
final class ConnectionFacts implements HttpExchange {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final ConnectionMetaData connection;
    private final Instant receivedAt;
    private final @Nullable EndPoint endPoint;

    ConnectionFacts(Request request) {
        this.connection = request.getConnectionMetaData();
        this.receivedAt = Instant.ofEpochMilli(Request.getTimeStamp(request));
        this.endPoint = connection.getConnection().getEndPoint();
    }

    /** Jetty says {@code HTTP/2.0} where HTTP says {@code HTTP/2}. */
    @Override
    public String protocol() {
        String protocol = connection.getHttpVersion().asString();
        return protocol.equals("HTTP/2.0") || protocol.equals("HTTP/3.0")
                ? protocol.substring(0, protocol.length() - 2)
                : protocol;
    }

    @Override
    public String remoteAddress() {
        return address(connection.getRemoteSocketAddress());
    }

    @Override
    public int remotePort() {
        return port(connection.getRemoteSocketAddress());
    }

    @Override
    public String localAddress() {
        return address(connection.getLocalSocketAddress());
    }

    @Override
    public int localPort() {
        return port(connection.getLocalSocketAddress());
    }

    @Override
    public Instant receivedAt() {
        return receivedAt;
    }

    @Override
    public long connectionId() {
        String id = connection.getId();
        return NUMBER.matcher(id).matches() ? Long.parseLong(id) : -1;
    }

    @Override
    public Optional<TlsConnection> tls() {
        EndPoint.SslSessionData data = endPoint == null ? null : endPoint.getSslSessionData();
        if (data == null) {
            return Optional.empty();
        }
        X509Certificate[] peers = data.peerCertificates();
        X509Certificate peer = peers == null || peers.length == 0 ? null : peers[0];
        SSLSession session = data.sslSession();
        if (session == null) {
            return Optional.of(new TlsConnection("", "", null, peer, peer != null));
        }
        return Optional.of(
                new TlsConnection(session.getProtocol(), serverName(session), own(session), peer, peer != null));
    }

    private static String serverName(SSLSession session) {
        if (session instanceof ExtendedSSLSession extended) {
            return extended.getRequestedServerNames().stream()
                    .filter(SNIHostName.class::isInstance)
                    .map(name -> ((SNIHostName) name).getAsciiName())
                    .findFirst()
                    .orElse("");
        }
        return "";
    }

    private static @Nullable X509Certificate own(SSLSession session) {
        Certificate[] chain = session.getLocalCertificates();
        return chain != null && chain.length > 0 && chain[0] instanceof X509Certificate own ? own : null;
    }

    private static String address(SocketAddress socket) {
        if (!(socket instanceof InetSocketAddress inet)) {
            return "";
        }
        return inet.isUnresolved() ? inet.getHostString() : inet.getAddress().getHostAddress();
    }

    private static int port(SocketAddress socket) {
        return socket instanceof InetSocketAddress inet && inet.getPort() > 0 ? inet.getPort() : -1;
    }
}

package dev.proxywasm.servlet;

import dev.proxywasm.http.HttpExchange;
import dev.proxywasm.http.TlsConnection;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;

/** What a servlet container tells of an exchange besides its headers and bodies; asked for when a filter asks. */
final class ExchangeFacts implements HttpExchange {

    private final Instant receivedAt = Instant.now();
    private final HttpServletRequest request;

    ExchangeFacts(HttpServletRequest request) {
        this.request = request;
    }

    /** The Servlet API says {@code HTTP/2.0} where HTTP says {@code HTTP/2}. */
    @Override
    public String protocol() {
        String protocol = request.getProtocol();
        return protocol.equals("HTTP/2.0") || protocol.equals("HTTP/3.0")
                ? protocol.substring(0, protocol.length() - 2)
                : protocol;
    }

    @Override
    public String remoteAddress() {
        return request.getRemoteAddr();
    }

    @Override
    public int remotePort() {
        return port(request.getRemotePort());
    }

    @Override
    public String localAddress() {
        return request.getLocalAddr();
    }

    @Override
    public int localPort() {
        return port(request.getLocalPort());
    }

    @Override
    public Instant receivedAt() {
        return receivedAt;
    }

    @Override
    public long connectionId() {
        return ServletConnections.id(request);
    }

    @Override
    public Optional<TlsConnection> tls() {
        return ServletConnections.tls(request);
    }

    private static int port(int port) {
        return port <= 0 ? -1 : port;
    }
}

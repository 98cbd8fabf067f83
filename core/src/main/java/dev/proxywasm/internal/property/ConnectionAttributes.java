package dev.proxywasm.internal.property;

import static dev.proxywasm.internal.property.AttributeType.BOOL;
import static dev.proxywasm.internal.property.AttributeType.INT;
import static dev.proxywasm.internal.property.AttributeType.STRING;
import static dev.proxywasm.internal.property.AttributeType.UINT;

import dev.proxywasm.http.HttpExchange;
import dev.proxywasm.http.TlsConnection;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Attributes of the client's connection and of its two ends. */
final class ConnectionAttributes {

    static final List<Attribute<ExchangeView>> ROWS = List.of(
            row("source.address", STRING, server -> address(server.remoteAddress(), server.remotePort()))
                    .settled()
                    .note("address and port of the client"),
            row("source.port", INT, server -> port(server.remotePort())).settled(),
            row("destination.address", STRING, server -> address(server.localAddress(), server.localPort()))
                    .settled()
                    .note("address and port that the client connected to"),
            row("destination.port", INT, server -> port(server.localPort())).settled(),
            row("connection.id", UINT, ConnectionAttributes::id)
                    .settled()
                    .note("where the server numbers its connections"),
            row("connection_id", UINT, ConnectionAttributes::id).settled().note("old name of `connection.id`"),
            row("connection.mtls", BOOL, server -> server.tls()
                            .map(TlsConnection::isMutual)
                            .orElse(false))
                    .settled()
                    .note("whether the client has shown a certificate that the server accepted"),
            row("connection.tls_version", STRING, tls(tls -> Messages.known(tls.version())))
                    .settled()
                    .note("as TLSv1.3"),
            row("connection.requested_server_name", STRING, tls(tls -> Messages.known(tls.serverName())))
                    .settled()
                    .note("SNI, where the server tells it"),
            row("connection.subject_local_certificate", STRING, local(Certificates::subject))
                    .note("RFC 2253"),
            row("connection.subject_peer_certificate", STRING, peer(Certificates::subject))
                    .note("RFC 2253"),
            row("connection.dns_san_local_certificate", STRING, local(Certificates::dnsName))
                    .note("the first one"),
            row("connection.dns_san_peer_certificate", STRING, peer(Certificates::dnsName))
                    .note("the first one"),
            row("connection.uri_san_local_certificate", STRING, local(Certificates::uri))
                    .note("the first one"),
            row("connection.uri_san_peer_certificate", STRING, peer(Certificates::uri))
                    .note("the first one"),
            row("connection.sha256_peer_certificate_digest", STRING, peer(Certificates::sha256))
                    .note("hex, lower case"),
            row("connection.peer_certificate", STRING, peer(Certificates::urlEncodedPem))
                    .note("PEM, URL-encoded"));

    private ConnectionAttributes() {}

    private static Attribute<ExchangeView> row(
            String path, AttributeType type, Function<HttpExchange, @Nullable Object> source) {
        return new Attribute<>(path, type, Since.REQUEST, "", view -> source.apply(view.exchange()));
    }

    private static Function<HttpExchange, @Nullable Object> tls(Function<TlsConnection, @Nullable Object> source) {
        return server -> {
            TlsConnection tls = server.tls().orElse(null);
            return tls == null ? null : source.apply(tls);
        };
    }

    private static Function<HttpExchange, @Nullable Object> local(Function<X509Certificate, @Nullable Object> source) {
        return tls(tls -> of(tls.localCertificate(), source));
    }

    private static Function<HttpExchange, @Nullable Object> peer(Function<X509Certificate, @Nullable Object> source) {
        return tls(tls -> of(tls.peerCertificate(), source));
    }

    private static @Nullable Object of(
            @Nullable X509Certificate certificate, Function<X509Certificate, @Nullable Object> source) {
        return certificate == null ? null : source.apply(certificate);
    }

    private static @Nullable Object id(HttpExchange server) {
        return server.connectionId() < 0 ? null : server.connectionId();
    }

    private static @Nullable Object port(int port) {
        return port < 0 ? null : port;
    }

    /** An address with its port, as one text; without a port, it is left out. */
    private static @Nullable Object address(String address, int port) {
        if (address.isEmpty() || port < 0) {
            return Messages.known(address);
        }
        return address.indexOf(':') >= 0 ? "[" + address + "]:" + port : address + ":" + port;
    }
}

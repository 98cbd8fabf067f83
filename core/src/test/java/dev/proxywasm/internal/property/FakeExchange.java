package dev.proxywasm.internal.property;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpExchange;
import dev.proxywasm.http.TlsConnection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An exchange as a test describes it: fields may be changed at any time. */
final class FakeExchange implements ExchangeView, HttpExchange {

    static final Instant RECEIVED = Instant.parse("2026-01-02T03:04:05.678Z");

    /** A message, which has not arrived as long as its headers are null. */
    static final class Message implements MessageView {
        HeaderMap headers;
        HeaderMap trailers = new HeaderMap();
        long bodyBytes;

        @Override
        public HeaderMap headers() {
            return headers;
        }

        @Override
        public HeaderMap trailers() {
            return trailers;
        }

        @Override
        public long bodyBytes() {
            return bodyBytes;
        }
    }

    final Message request = new Message();
    final Message response = new Message();
    String protocol = "HTTP/2";
    String remoteAddress = "192.0.2.1";
    int remotePort = 4711;
    String localAddress = "2001:db8::1";
    int localPort = 8443;
    long connectionId = 7;
    TlsConnection tls;
    String details = "";
    boolean reset;
    boolean over;

    /** Of the test resources: {@code client} has alternative names, {@code bare} has none. */
    static X509Certificate certificate(String name) {
        try (InputStream in = FakeExchange.class.getResourceAsStream("/certificates/" + name + ".pem")) {
            return certificate(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static X509Certificate certificate(byte[] pem) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("no certificate: " + new String(pem, US_ASCII), e);
        }
    }

    @Override
    public HttpExchange exchange() {
        return this;
    }

    @Override
    public MessageView request() {
        return request;
    }

    @Override
    public MessageView response() {
        return response;
    }

    @Override
    public String details() {
        return details;
    }

    @Override
    public boolean isReset() {
        return reset;
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public Instant now() {
        return RECEIVED.plus(Duration.ofMillis(250));
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }

    @Override
    public int remotePort() {
        return remotePort;
    }

    @Override
    public String localAddress() {
        return localAddress;
    }

    @Override
    public int localPort() {
        return localPort;
    }

    @Override
    public Instant receivedAt() {
        return RECEIVED;
    }

    @Override
    public long connectionId() {
        return connectionId;
    }

    @Override
    public Optional<TlsConnection> tls() {
        return Optional.ofNullable(tls);
    }
}

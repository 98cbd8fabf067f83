package dev.proxywasm.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.it.contract.Application;
import dev.proxywasm.it.contract.Plugins;
import dev.proxywasm.it.contract.TestServer;
import dev.proxywasm.jetty.ProxyWasmHandler;
import dev.proxywasm.servlet.ProxyWasmFilter;
import dev.proxywasm.testing.Certificate;
import io.undertow.Undertow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;

/** What plugins are told of a connection with mutual TLS: by servlets, what their API tells; by Jetty itself, more. */
class TlsIT {

    private static final String NAME = "app.example.com";

    private static final Map<String, String> OF_SERVLETS = Map.of(
            "request.scheme", "https",
            "connection.mtls", "1",
            "connection.tls_version", "TLSv1.3",
            "connection.subject_peer_certificate", "CN=dns:" + NAME,
            "connection.dns_san_peer_certificate", NAME);

    private static final Map<String, String> OF_JETTY = Map.of(
            "connection.requested_server_name", NAME,
            "connection.subject_local_certificate", "CN=dns:" + NAME,
            "connection.dns_san_local_certificate", NAME);

    private static final ProxyWasmConfig PLUGINS = Plugins.of("proxy-wasm:\n  plugins:\n"
            + Stream.concat(OF_SERVLETS.keySet().stream(), OF_JETTY.keySet().stream())
                    .map(name -> "    - {name: \"" + name
                            + "\", module: \"classpath:wat/property.wat\", configuration: \"" + name + "\"}\n")
                    .collect(Collectors.joining()));

    @TempDir
    static Path directory;

    private static Certificate certificate;

    /** Of both sides. */
    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = Certificate.of(directory, "dns:" + NAME);
    }

    private static Map<String, String> all() {
        Map<String, String> all = new TreeMap<>(OF_SERVLETS);
        all.putAll(OF_JETTY);
        return all;
    }

    private static final Application SILENT = call -> {};

    @Test
    void isToldInTheHandlerForJetty() throws Exception {
        assertThat(told(new JettyHandlerServer(jetty(), new ProxyWasmHandler(PLUGINS), new JettyCallHandler(SILENT))))
                .isEqualTo(all());
    }

    @Test
    void isToldInTheFilterOnJetty() throws Exception {
        assertThat(told(new JettyServer(jetty(), new ProxyWasmFilter(PLUGINS), SILENT)))
                .isEqualTo(OF_SERVLETS);
    }

    @Test
    @Tag("tomcat")
    void isToldInTheFilterOnTomcat() throws Exception {
        assertThat(told(new TomcatServer(new ProxyWasmFilter(PLUGINS), SILENT, TlsIT::tomcat)))
                .isEqualTo(OF_SERVLETS);
    }

    @Test
    void isToldInTheFilterOnUndertow() throws Exception {
        assertThat(told(new UndertowServer(new ProxyWasmFilter(PLUGINS), SILENT, undertow())))
                .isEqualTo(OF_SERVLETS);
    }

    /** The properties that came back in headers. */
    private static Map<String, String> told(TestServer server) throws Exception {
        try (Socket plain = new Socket("localhost", server.port());
                SSLSocket socket = (SSLSocket)
                        certificate.context().getSocketFactory().createSocket(plain, NAME, server.port(), true)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /app/any HTTP/1.1\r\nHost: " + NAME + "\r\nConnection: close\r\n\r\n")
                            .getBytes(ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(answer).startsWith("HTTP/1.1 200");
            return answer.lines()
                    .filter(line -> line.matches("(connection|request)\\..*"))
                    .map(line -> line.split(": ", 2))
                    .collect(Collectors.toMap(header -> header[0], header -> header[1], (a, b) -> a, TreeMap::new));
        } finally {
            server.stop();
        }
    }

    private static Server jetty() {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(certificate.file().toString());
        tls.setKeyStorePassword(Certificate.PASSWORD);
        tls.setTrustStorePath(certificate.file().toString());
        tls.setTrustStorePassword(Certificate.PASSWORD);
        tls.setNeedClientAuth(true);
        HttpConfiguration https = new HttpConfiguration();
        https.addCustomizer(new SecureRequestCustomizer());
        Server server = new Server();
        server.addConnector(new ServerConnector(
                server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(https)));
        return server;
    }

    private static void tomcat(Connector connector) {
        connector.setProperty("SSLEnabled", "true");
        connector.setScheme("https");
        connector.setSecure(true);
        SSLHostConfig tls = new SSLHostConfig();
        tls.setCertificateVerification("required");
        tls.setTrustStore(trusted());
        SSLHostConfigCertificate own = new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
        own.setCertificateKeystoreFile(certificate.file().toString());
        own.setCertificateKeystorePassword(Certificate.PASSWORD);
        tls.addCertificate(own);
        connector.addSslHostConfig(tls);
    }

    /** For a server that does not trust a certificate merely because it has its key. */
    private static KeyStore trusted() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    NAME,
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(
                                    certificate.certificatePem().getBytes(ISO_8859_1))));
            return trusted;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Undertow.Builder undertow() throws GeneralSecurityException {
        return Undertow.builder()
                .addHttpsListener(0, "localhost", certificate.context())
                .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, SslClientAuthMode.REQUIRED);
    }
}

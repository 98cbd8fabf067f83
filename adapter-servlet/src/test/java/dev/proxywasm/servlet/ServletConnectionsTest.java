package dev.proxywasm.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.http.TlsConnection;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What real containers tell of a connection with mutual TLS, and of one without any. */
class ServletConnectionsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    static Path directory;

    private static Path keys;
    private static Path trusted;

    /** Notes what the adapter makes of each request. */
    private static final class Probe extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private record Seen(Optional<TlsConnection> tls, long id) {}

        private final transient BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            seen.add(new Seen(ServletConnections.tls(request), ServletConnections.id(request)));
        }
    }

    private final Probe probe = new Probe();

    /** One key and certificate for both sides, which trust it. */
    @BeforeAll
    static void makeKeys() throws IOException, InterruptedException, GeneralSecurityException {
        keys = directory.resolve("keys.p12");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-keystore", keys.toString(), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", PASSWORD, "-alias", "both", "-keyalg", "EC", "-validity", "1000"));
        command.addAll(List.of("-dname", "CN=both", "-ext", "san=dns:localhost"));
        Process keytool = new ProcessBuilder(command).inheritIO().start();
        assertThat(keytool.waitFor()).isZero();
        trusted = directory.resolve("trusted.p12");
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("both", store(keys).getCertificate("both"));
        try (OutputStream out = Files.newOutputStream(trusted)) {
            certificates.store(out, PASSWORD.toCharArray());
        }
    }

    @Test
    void tomcatTellsOfMutualTls() throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(directory.toString());
        tomcat.setSilent(true);
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("SSLEnabled", "true");
        connector.setScheme("https");
        connector.setSecure(true);
        connector.addSslHostConfig(tomcatTls());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", directory.toString());
        Tomcat.addServlet(context, "probe", probe).addMapping("/*");
        tomcat.start();
        try {
            get("https", connector.getLocalPort());
            Probe.Seen seen = probe.seen.remove();
            assertMutual(seen);
            assertThat(seen.id()).isNotNegative();
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    private static SSLHostConfig tomcatTls() {
        SSLHostConfig tls = new SSLHostConfig();
        tls.setCertificateVerification("required");
        tls.setTruststoreFile(trusted.toString());
        tls.setTruststorePassword(PASSWORD);
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystoreFile(keys.toString());
        certificate.setCertificateKeystorePassword(PASSWORD);
        tls.addCertificate(certificate);
        return tls;
    }

    @Test
    void jettyTellsOfMutualTlsAndOfNone() throws Exception {
        Server jetty = new Server();
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(keys.toString());
        tls.setKeyStorePassword(PASSWORD);
        tls.setTrustStorePath(trusted.toString());
        tls.setTrustStorePassword(PASSWORD);
        tls.setNeedClientAuth(true);
        HttpConfiguration https = new HttpConfiguration();
        https.addCustomizer(new SecureRequestCustomizer());
        ServerConnector secure =
                new ServerConnector(jetty, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(https));
        ServerConnector plain = new ServerConnector(jetty);
        jetty.addConnector(secure);
        jetty.addConnector(plain);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(probe), "/*");
        jetty.setHandler(context);
        jetty.start();
        try {
            get("https", secure.getLocalPort());
            assertMutual(probe.seen.remove());
            get("http", plain.getLocalPort());
            assertThat(probe.seen.remove().tls()).isEmpty();
        } finally {
            jetty.stop();
        }
    }

    private static void assertMutual(Probe.Seen seen) {
        assertThat(seen.tls()).hasValueSatisfying(tls -> {
            assertThat(tls.isMutual()).isTrue();
            assertThat(tls.version()).isEqualTo("TLSv1.3");
            assertThat(tls.peerCertificate().getSubjectX500Principal().getName())
                    .isEqualTo("CN=both");
        });
    }

    private static void get(String scheme, int port)
            throws IOException, InterruptedException, GeneralSecurityException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(clientTls())
                .build();
        URI uri = URI.create(scheme + "://localhost:" + port + "/");
        HttpResponse<Void> response =
                client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
        assertThat(response.statusCode()).isEqualTo(200);
    }

    private static SSLContext clientTls() throws IOException, GeneralSecurityException {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store(keys), PASSWORD.toCharArray());
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(store(trusted));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), others.getTrustManagers(), null);
        return context;
    }

    private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    /** Tomcat's tenth connection is a. */
    @ParameterizedTest
    @CsvSource({"0, 0", "9, 9", "a, 10", "1F, 31", "fffffffffffffff, 1152921504606846975"})
    void readsNumbersAsTomcatWritesThem(String id, long number) {
        assertThat(ServletConnections.number(id)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1-2", "-1", "1000000000000000", "127.0.0.1:80"})
    void findsNoNumberInOtherIds(String id) {
        assertThat(ServletConnections.number(id)).isEqualTo(-1);
    }
}

package dev.proxywasm.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proxywasm.PluginCounter;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.testing.Certificate;
import dev.proxywasm.testing.Peers;
import dev.proxywasm.testing.TrailerServer;
import dev.proxywasm.testing.TrailerServer.Seen;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A plugin that calls a server with the SSL bundles of the application, over real sockets. */
@ExtendWith(OutputCaptureExtension.class)
class UpstreamBundlesTest {

    private static final String BUNDLE = "proxy-wasm.upstreams.auth.ssl-bundle=internal";

    private static Peers peers;

    private final HttpClient client = HttpClient.newHttpClient();
    private TrailerServer auth;
    private ConfigurableApplicationContext application;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeCertificates(@TempDir Path certificates) throws Exception {
        peers = Peers.in(certificates);
    }

    @BeforeEach
    void demandACertificate() throws Exception {
        SslContextFactory.Server demanding =
                TrailerServer.factory(peers.server().contextTrusting(peers.caller()));
        demanding.setNeedClientAuth(true);
        auth = TrailerServer.http1(demanding);
    }

    @AfterEach
    void close() {
        if (application != null) {
            application.close();
        }
        auth.close();
    }

    private void start(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--proxy-wasm.plugins[0].name=ask",
                "--proxy-wasm.plugins[0].module=classpath:wat/callout/ask.wat",
                "--proxy-wasm.plugins[0].instances=1",
                "--proxy-wasm.upstreams.auth.uri=https://127.0.0.1:" + auth.port()));
        for (String property : more) {
            arguments.add("--" + property);
        }
        application = new SpringApplication(TellingApplication.class).run(arguments.toArray(String[]::new));
    }

    private String ask() throws IOException, InterruptedException {
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"))
                .header("x-upstream", "auth")
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    private static List<String> names(Seen request) throws GeneralSecurityException {
        return request.tls().peerCertificates()[0].getSubjectAlternativeNames().stream()
                .map(name -> String.valueOf(name.get(1)))
                .toList();
    }

    private String[] pemBundle(Certificate shown) throws Exception {
        write("ca.pem", peers.server().certificatePem());
        write("tls.pem", shown.certificatePem() + shown.keyPem());
        return new String[] {
            BUNDLE,
            "spring.ssl.bundle.pem.internal.truststore.certificate=file:" + directory.resolve("ca.pem"),
            "spring.ssl.bundle.pem.internal.keystore.certificate=file:" + directory.resolve("tls.pem"),
            "spring.ssl.bundle.pem.internal.keystore.private-key=file:" + directory.resolve("tls.pem"),
            "spring.ssl.bundle.pem.internal.reload-on-update=true",
            "spring.ssl.bundle.watch.file.quiet-period=100ms"
        };
    }

    /** As whoever renews certificates does. */
    private void write(String file, String content) throws IOException {
        Path written = Files.writeString(directory.resolve("being-written"), content);
        Files.move(written, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void withoutABundleTheServerIsNotTrusted(CapturedOutput output) throws Exception {
        start();
        assertThat(ask()).isEqualTo("null");
        assertThat(output).contains("to upstream 'auth' failed: ", "unable to find valid certification path");
        assertThat(auth.seen).isEmpty();
    }

    @Test
    void aBundleThatOnlyTrustsIsNotEnoughWhereACertificateIsDemanded() throws Exception {
        write("ca.pem", peers.server().certificatePem());
        start(BUNDLE, "spring.ssl.bundle.pem.internal.truststore.certificate=file:" + directory.resolve("ca.pem"));
        assertThat(ask()).isEqualTo("null");
        assertThat(auth.seen).isEmpty();
    }

    @Test
    void aBundleOfKeyStoresHasTrustAndACertificateAndOptions() throws Exception {
        start(
                BUNDLE,
                "spring.ssl.bundle.jks.internal.truststore.location=file:"
                        + peers.server().file(),
                "spring.ssl.bundle.jks.internal.truststore.password=" + Certificate.PASSWORD,
                "spring.ssl.bundle.jks.internal.keystore.location=file:"
                        + peers.caller().file(),
                "spring.ssl.bundle.jks.internal.keystore.password=" + Certificate.PASSWORD,
                "spring.ssl.bundle.jks.internal.options.enabled-protocols=TLSv1.2",
                "spring.ssl.bundle.jks.internal.options.ciphers=TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
        assertThat(ask()).isEqualTo("200");
        Seen request = auth.seen.remove();
        assertThat(names(request)).containsExactly("caller.example");
        assertThat(request.tls().sslSession().getProtocol()).isEqualTo("TLSv1.2");
        assertThat(request.tls().sslSession().getCipherSuite()).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    }

    @Test
    void aRenewedCertificateIsUsedFromThenOnAndNothingIsStartedAnew() throws Exception {
        start(pemBundle(peers.stranger()));
        assertThat(ask()).as("the server knows the other certificate only").isEqualTo("null");
        write("tls.pem", peers.caller().certificatePem() + peers.caller().keyPem());
        await().untilAsserted(() -> assertThat(ask()).isEqualTo("200"));
        assertThat(names(auth.seen.remove())).containsExactly("caller.example");

        ProxyWasm host = application.getBean(ProxyWasm.class);
        assertThat(host.reload())
                .as("plugins that a reload replaces, the bundle being the same")
                .isEmpty();
        assertThat(host.plugins()).singleElement().satisfies(plugin -> {
            assertThat(plugin.count(PluginCounter.CALLOUT_FAILURES)).isPositive();
            assertThat(plugin.count(PluginCounter.STARTS)).isEqualTo(1);
        });
    }

    /** Without a bundle, as everywhere else. */
    @Test
    void pemFilesNeedNoBundle() throws Exception {
        write("ca.pem", peers.server().certificatePem());
        write("tls.pem", peers.caller().certificatePem() + peers.caller().keyPem());
        String tls = "proxy-wasm.upstreams.auth.tls.";
        start(
                tls + "ca-certificates=file:" + directory.resolve("ca.pem"),
                tls + "client-certificate=" + directory.resolve("tls.pem"),
                tls + "private-key=" + directory.resolve("tls.pem"),
                tls + "protocols=TLSv1.3,TLSv1.2");
        assertThat(ask()).isEqualTo("200");
        assertThat(names(auth.seen.remove())).containsExactly("caller.example");
    }
}

package dev.proxywasm.internal.module;

import static dev.proxywasm.internal.module.http.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.PluginLoadException;
import dev.proxywasm.internal.module.http.ScriptedServer;
import dev.proxywasm.internal.module.source.Sha256;
import dev.proxywasm.testing.Certificate;
import dev.proxywasm.testing.ForkedJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS, against real servers of TLS: what the JVM trusts counts, by its usual settings, and nothing else. */
class TrustTest {

    private static final byte[] MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0};

    @TempDir
    private Path directory;

    private static ScriptedServer server(Certificate certificate) throws Exception {
        return new ScriptedServer(certificate.context())
                .on("/x.wasm", answer(302, new byte[0], "Location", "/y.wasm"))
                .on("/y.wasm", answer(200, MODULE));
    }

    /** What a JVM says that trusts the certificate. */
    private String fetchedByWhoTrusts(Certificate certificate, ScriptedServer server) {
        return ForkedJvm.shortLived(PullScenario.class)
                .with(
                        "-Djavax.net.ssl.trustStore=" + certificate.file(),
                        "-Djavax.net.ssl.trustStorePassword=" + Certificate.PASSWORD)
                .run(
                        PullScenario.FETCH,
                        directory.resolve("cache").toString(),
                        server.uri("/x.wasm").toString())
                .output();
    }

    private void fetch(ScriptedServer server) {
        String address = server.uri("/x.wasm").toString();
        PullScenario.loader(directory.resolve("cache"))
                .load(PluginConfig.builder("p", address).build());
    }

    @Test
    void fetchesFromAServerThatTheJvmTrusts() throws Exception {
        Certificate certificate = Certificate.of(directory, "ip:127.0.0.1");
        try (ScriptedServer server = server(certificate)) {
            assertThat(fetchedByWhoTrusts(certificate, server)).contains("fetched " + Sha256.of(MODULE));
            assertThat(server.requests()).containsExactly("GET /x.wasm", "GET /y.wasm");
        }
    }

    @Test
    void refusesAServerThatNobodyTrustsAtOnce() throws Exception {
        try (ScriptedServer server = server(Certificate.of(directory, "ip:127.0.0.1"))) {
            assertThatThrownBy(() -> fetch(server))
                    .isInstanceOf(PluginLoadException.class)
                    .hasMessageContaining("the certificate of https://" + server.host() + " is not accepted: ")
                    .hasMessageContaining("unable to find valid certification path")
                    .hasMessageEndingWith("; see that it is valid and for this host, and that the JVM's trust store has"
                            + " its authority");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void refusesACertificateForAnotherHost() throws Exception {
        Certificate certificate = Certificate.of(directory, "dns:elsewhere.example");
        try (ScriptedServer server = server(certificate)) {
            assertThat(fetchedByWhoTrusts(certificate, server))
                    .contains("the certificate of https://" + server.host() + " is not accepted: ", "127.0.0.1 found")
                    .doesNotContain("trying again");
            assertThat(server.requests()).isEmpty();
        }
    }
}

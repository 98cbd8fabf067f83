package dev.proxywasm.internal.callout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.proxywasm.ConfigurationException;
import dev.proxywasm.PluginCounter;
import dev.proxywasm.PluginLoadException;
import dev.proxywasm.ProxyWasmConfigReader;
import dev.proxywasm.ReloadOutcome;
import dev.proxywasm.internal.callout.jdk.JdkHttpCallClient;
import dev.proxywasm.testing.Peers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host whose upstream has its TLS in files: how it starts, and what a reload makes of other files. */
@Timeout(60)
class UpstreamTlsTest {

    private static Peers peers;

    @TempDir
    private Path directory;

    private TlsFixture fixture;

    @BeforeAll
    static void makeCertificates(@TempDir Path certificates) throws Exception {
        peers = Peers.in(certificates);
    }

    @BeforeEach
    void open() throws Exception {
        fixture = new TlsFixture(directory, peers, new JdkHttpCallClient());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private String keyMismatch() {
        return "upstream 'auth': tls.private-key: tls.key (looked for at " + directory.resolve("tls.key")
                + ") has no key of the first certificate in tls.pem (looked for at " + directory.resolve("tls.pem")
                + "); name the files that were issued together, or wait until both are replaced";
    }

    @Test
    void filesThatAreMissingKeepTheHostFromStarting() {
        assertThatThrownBy(() -> fixture.start(TlsFixture.MUTUAL, false))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("upstream 'auth': tls.client-certificate: tls.pem (looked for at "
                        + directory.resolve("tls.pem")
                        + ") does not exist; create it, or correct 'tls.client-certificate'");
    }

    @Test
    void aHostThatIsSwitchedOffReadsNone() throws Exception {
        fixture.configure(TlsFixture.MUTUAL, "enabled: false");
        fixture.start(fixture.read());
        assertThat(fixture.host().reload()).isEmpty();
    }

    @Test
    void aProtocolThatIsUnknownKeepsTheHostFromStarting() {
        assertThatThrownBy(() -> fixture.start("protocols: [TLSv9]", false))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(
                        "upstream 'auth': tls cannot be used: the TLS protocol 'TLSv9' is unknown to this JVM; known are: ");
    }

    @Test
    void aRenewalThatCannotBeUsedChangesNothingUntilItIsPutRight() throws Exception {
        fixture.show(peers.caller());
        fixture.start(TlsFixture.MUTUAL, false);
        assertThat(fixture.ask()).isEqualTo("200");

        fixture.write("tls.pem", peers.stranger().certificatePem());
        assertThatThrownBy(fixture.host()::reload)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(keyMismatch());
        assertThat(fixture.host().lastReload()).map(ReloadOutcome::problem).contains(keyMismatch());
        assertThat(fixture.ask()).isEqualTo("200");

        fixture.write("tls.key", peers.stranger().keyPem());
        assertThat(fixture.host().reload()).isEmpty();
        assertThat(fixture.host().lastReload()).map(ReloadOutcome::succeeded).contains(true);
        assertThat(fixture.ask())
                .as("with the certificate that the server does not know")
                .isEqualTo("none");
    }

    @Test
    void aConfigurationThatCannotBeUsedKeepsNoCertificateFromBeingRenewed() throws Exception {
        fixture.show(peers.stranger());
        fixture.start(TlsFixture.MUTUAL, false);

        fixture.show(peers.caller());
        fixture.configure(TlsFixture.MUTUAL, "typo: 1");
        assertThatThrownBy(fixture.host()::reload)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("typo: unknown key");
        assertThat(fixture.ask()).isEqualTo("200");
    }

    @Test
    void aPluginThatCannotBeUsedKeepsNoCertificateFromBeingRenewed() throws Exception {
        fixture.show(peers.stranger());
        fixture.start(TlsFixture.MUTUAL, false);

        fixture.show(peers.caller());
        fixture.configure(TlsFixture.MUTUAL, "");
        Path yaml = directory.resolve("proxy-wasm.yaml");
        fixture.write("proxy-wasm.yaml", Files.readString(yaml).replace("ask.wat", "missing.wat"));
        assertThatThrownBy(fixture.host()::reload).isInstanceOf(PluginLoadException.class);
        assertThat(fixture.ask()).isEqualTo("200");
    }

    @Test
    void otherFilesAreOtherUpstreamsForWhichPluginsStartAnew() throws Exception {
        fixture.show(peers.caller());
        fixture.start("ca-certificates: ca.pem", false);
        assertThat(fixture.ask()).isEqualTo("none");

        fixture.configure(TlsFixture.MUTUAL, "");
        assertThat(fixture.host().reload()).containsExactly("ask");
        assertThat(fixture.ask()).isEqualTo("200");
    }

    @Test
    void propertiesNameTheSameFilesWhichAreWatched() throws Exception {
        fixture.show(peers.stranger());
        Map<String, String> properties = Map.of(
                "proxy-wasm.plugins", "ask",
                "proxy-wasm.plugin.ask.module", "classpath:wat/callout/ask.wat",
                "proxy-wasm.plugin.ask.instances", "1",
                "proxy-wasm.reload.interval", "100ms",
                "proxy-wasm.upstreams", "auth",
                "proxy-wasm.upstream.auth.uri", "https://127.0.0.1:" + fixture.server.port(),
                "proxy-wasm.upstream.auth.tls.ca-certificates", "file:" + directory.resolve("ca.pem"),
                "proxy-wasm.upstream.auth.tls.client-certificate", "tls.pem",
                "proxy-wasm.upstream.auth.tls.private-key", "tls.key");
        fixture.start(ProxyWasmConfigReader.properties("test", properties::get, properties.keySet(), directory));
        assertThat(fixture.ask()).isEqualTo("none");

        fixture.show(peers.caller());
        await().untilAsserted(() -> assertThat(fixture.ask()).isEqualTo("200"));
        assertThat(fixture.host().plugins()).singleElement().satisfies(plugin -> assertThat(
                        plugin.count(PluginCounter.STARTS))
                .isEqualTo(1));
    }

    /** The way of a mounted Secret: the files are links into a directory, which is a link that is moved. */
    @Test
    void aMountedSecretIsSeenToChange() throws Exception {
        Path first = Files.createDirectory(directory.resolve("..first"));
        Path second = Files.createDirectory(directory.resolve("..second"));
        Files.writeString(first.resolve("tls.pem"), peers.stranger().certificatePem());
        Files.writeString(first.resolve("tls.key"), peers.stranger().keyPem());
        Files.writeString(second.resolve("tls.pem"), peers.caller().certificatePem());
        Files.writeString(second.resolve("tls.key"), peers.caller().keyPem());
        Path data = Files.createSymbolicLink(directory.resolve("..data"), first);
        Files.createSymbolicLink(directory.resolve("tls.pem"), Path.of("..data/tls.pem"));
        Files.createSymbolicLink(directory.resolve("tls.key"), Path.of("..data/tls.key"));
        fixture.start(TlsFixture.MUTUAL, true);
        assertThat(fixture.ask()).isEqualTo("none");

        Path moved = Files.createSymbolicLink(directory.resolve("..moved"), second);
        Files.move(moved, data, StandardCopyOption.ATOMIC_MOVE);
        await().untilAsserted(() -> assertThat(fixture.ask()).isEqualTo("200"));
    }
}

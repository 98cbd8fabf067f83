package dev.proxywasm.internal.callout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proxywasm.PluginCounter;
import dev.proxywasm.spi.HttpCallClient;
import dev.proxywasm.testing.Peers;
import dev.proxywasm.testing.TrailerServer.Seen;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every client makes of the PEM files that a configuration names, against a Jetty over sockets. */
@Timeout(60)
public abstract class UpstreamTlsContract {

    private static Peers peers;

    @TempDir
    private Path directory;

    private TlsFixture fixture;

    /** A client of the kind that is tested, without connections. */
    protected abstract HttpCallClient newClient();

    @BeforeAll
    static void makeCertificates(@TempDir Path certificates) throws Exception {
        peers = Peers.in(certificates);
    }

    @BeforeEach
    void open() throws Exception {
        fixture = new TlsFixture(directory, peers, newClient());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void assertKnown(Seen request) throws Exception {
        assertThat(request.tls().peerCertificates()[0].getSubjectAlternativeNames())
                .hasToString("[[2, caller.example]]");
    }

    @Test
    void trustsAndShowsWhatIsInTheFiles() throws Exception {
        fixture.show(peers.caller());
        fixture.start(TlsFixture.MUTUAL, false);
        assertThat(fixture.ask()).isEqualTo("200");
        assertKnown(fixture.server.seen.remove());
    }

    @Test
    void trustsNothingElse() throws Exception {
        fixture.show(peers.caller());
        fixture.trust(peers.stranger());
        fixture.start(TlsFixture.MUTUAL, false);
        assertThat(fixture.ask()).isEqualTo("none");
        assertThat(fixture.server.seen).isEmpty();
    }

    @Test
    void trustsWhatTheJvmTrustsWithoutAFileForThat() throws Exception {
        fixture.show(peers.caller());
        fixture.start("client-certificate: tls.pem, private-key: tls.key", false);
        assertThat(fixture.ask()).isEqualTo("none");
        assertThat(fixture.server.seen).isEmpty();
    }

    @Test
    void showsNothingWithoutAFileForThat() throws Exception {
        fixture.start("ca-certificates: ca.pem", false);
        assertThat(fixture.ask()).isEqualTo("none");
        assertThat(fixture.server.seen).isEmpty();
    }

    @Test
    void speaksTheProtocolAndCipherThatAreSet() throws Exception {
        String cipher = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
        fixture.show(peers.caller());
        fixture.start(TlsFixture.MUTUAL + ", protocols: [TLSv1.2], ciphers: [" + cipher + "]", false);
        assertThat(fixture.ask()).isEqualTo("200");
        assertThat(fixture.server.seen.remove().tls().sslSession().getCipherSuite())
                .isEqualTo(cipher);
    }

    @Test
    void usesARenewedCertificateFromThenOnAndStartsNothingAnew() throws Exception {
        fixture.show(peers.stranger());
        fixture.start(TlsFixture.MUTUAL, true);
        assertThat(fixture.ask()).as("the server knows the other one only").isEqualTo("none");

        fixture.show(peers.caller());
        await().untilAsserted(() -> assertThat(fixture.ask()).isEqualTo("200"));
        assertKnown(fixture.server.seen.remove());
        assertThat(fixture.host().reload()).as("plugins that a reload replaces").isEmpty();
        assertThat(fixture.host().plugins()).singleElement().satisfies(plugin -> assertThat(
                        plugin.count(PluginCounter.STARTS))
                .isEqualTo(1));
    }
}

package dev.proxywasm.internal.callout;

import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.ProxyWasmConfigReader;
import dev.proxywasm.internal.callout.AskingHost.Asking;
import dev.proxywasm.spi.HttpCallClient;
import dev.proxywasm.testing.Certificate;
import dev.proxywasm.testing.Peers;
import dev.proxywasm.testing.TrailerServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** A filter that calls a server which demands the certificate of {@link Peers#caller()}, by a YAML file that names PEM files. */
final class TlsFixture implements AutoCloseable {

    /** All that the server wants. */
    static final String MUTUAL = "ca-certificates: ca.pem, client-certificate: tls.pem, private-key: tls.key";

    final Path directory;
    final TrailerServer server;
    private final HttpCallClient client;
    private @Nullable AskingHost host;

    TlsFixture(Path directory, Peers peers, HttpCallClient client) throws Exception {
        this.directory = directory;
        this.client = client;
        SslContextFactory.Server demanding =
                TrailerServer.factory(peers.server().contextTrusting(peers.caller()));
        demanding.setNeedClientAuth(true);
        this.server = TrailerServer.http2(demanding);
        trust(peers.server());
    }

    /** Replaces a file as whoever renews certificates does. */
    void write(String file, String content) throws IOException {
        Path written = Files.writeString(directory.resolve("being-written"), content);
        Files.move(written, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    void trust(Certificate certificate) throws IOException, GeneralSecurityException {
        write("ca.pem", certificate.certificatePem());
    }

    void show(Certificate certificate) throws IOException, GeneralSecurityException {
        write("tls.key", certificate.keyPem());
        write("tls.pem", certificate.certificatePem());
    }

    /** Replaces the configuration. */
    void configure(String tls, String more) throws IOException {
        write(
                "proxy-wasm.yaml",
                """
                proxy-wasm:
                  plugins: [{name: ask, module: "classpath:wat/callout/ask.wat", instances: 1}]
                  upstreams: {auth: {uri: "https://127.0.0.1:%d", tls: {%s}}}
                  %s
                """
                        .formatted(server.port(), tls, more));
    }

    ProxyWasmConfig read() {
        return ProxyWasmConfigReader.yaml(directory.resolve("proxy-wasm.yaml"));
    }

    /** Starts the host, which follows changes by itself or when it is told to. */
    void start(String tls, boolean watch) throws IOException {
        configure(tls, watch ? "reload: {interval: 100ms}" : "reload: {watch: false}");
        host = AskingHost.start(this::read, client);
    }

    ProxyWasm host() {
        return started().host();
    }

    private AskingHost started() {
        if (host == null) {
            throw new IllegalStateException("not started");
        }
        return host;
    }

    /** Starts another host in place of the one that there is. */
    void start(ProxyWasmConfig config) {
        host = AskingHost.start(() -> config, client);
    }

    /** The status that the server answers with, "none" if the call fails. */
    String ask() throws InterruptedException {
        try (Asking asking = started().ask("auth", "/")) {
            String answer = asking.awaitRequest().get("x-answer");
            return answer == null ? "none" : answer;
        }
    }

    @Override
    public void close() {
        if (host != null) {
            host.close();
        }
        client.close();
        server.close();
    }
}

package dev.proxywasm.internal.callout;

import dev.proxywasm.Limits;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.UpstreamConfig;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.spi.HttpCallClient;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.Wat;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A host with one instance of the filter {@code callout/ask.wat}, and streams through it. */
final class AskingHost implements AutoCloseable {

    private final ProxyWasm host;

    private AskingHost(ProxyWasm host) {
        this.host = host;
    }

    /** A host that may call servers on these local ports, by name. */
    static AskingHost start(Path directory, Limits limits, Map<String, Integer> ports) throws IOException {
        Path module = Files.write(directory.resolve("ask.wasm"), Wat.module("callout/ask"));
        PluginConfig plugin = PluginConfig.builder("ask", module.toString())
                .instances(1)
                .limits(limits)
                .build();
        Map<String, UpstreamConfig> upstreams = new TreeMap<>();
        ports.forEach((name, port) -> upstreams.put(name, upstream(port)));
        return new AskingHost(ProxyWasm.start(
                ProxyWasmConfig.builder()
                        .plugins(List.of(plugin))
                        .upstreams(upstreams)
                        .baseDirectory(directory)
                        .build(),
                AskingHost.class.getClassLoader()));
    }

    /** A host whose configuration has that filter and upstreams. */
    static AskingHost start(Supplier<ProxyWasmConfig> config, HttpCallClient client) {
        return new AskingHost(ProxyWasm.builder()
                .config(config)
                .classLoader(AskingHost.class.getClassLoader())
                .httpCallClient(client)
                .start());
    }

    /** The host itself. */
    ProxyWasm host() {
        return host;
    }

    static UpstreamConfig upstream(int port) {
        return new UpstreamConfig(URI.create("http://127.0.0.1:" + port));
    }

    /** Pushes a request for that path whose filter asks an upstream. */
    Asking ask(String upstream, String path, String... moreHeaders) {
        HeaderMap headers = HeaderMap.of(
                ":authority",
                "shop.example",
                ":path",
                path,
                ":method",
                "GET",
                ":scheme",
                "http",
                "x-upstream",
                upstream);
        headers.addAll(HeaderMap.of(moreHeaders));
        HttpStream stream = host.newStream(TestExchange.FACTS, headers);
        return new Asking(stream, stream.requestHeaders(true));
    }

    @Override
    public void close() {
        host.close();
    }

    /** One exchange whose filter has asked. */
    record Asking(HttpStream stream, Outcome outcome) implements AutoCloseable {

        /** What is to be done when the filter goes on. */
        Outcome await() throws InterruptedException {
            return outcome instanceof Outcome.Wait wait ? wait.await() : outcome;
        }

        /** The request as it goes on. */
        HeaderMap awaitRequest() throws InterruptedException {
            Outcome end = await();
            if (!(end instanceof Outcome.Forward)) {
                throw new AssertionError("the filter did not let the request pass: " + end);
            }
            return stream.request().takeHeaders();
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}

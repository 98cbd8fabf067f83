package dev.proxywasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxywasm.spi.MicrometerMetricSink;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;

/** What the documents of the core show, line by line. */
final class CoreRecipes {

    private CoreRecipes() {}

    static ProxyWasmConfig configuration() {
        PluginConfig waf = PluginConfig.builder("waf", "filters/waf.wasm")
                .phase(Phase.AUTHZ)
                .match(new Match(List.of("/api/*"), Set.of("POST", "PUT")))
                .limits(Limits.builder().callbackTimeout(Duration.ofMillis(50)).build())
                .build();
        ProxyWasmConfig config = new ProxyWasmConfig(true, List.of(waf), Path.of("/opt/app"));
        return config;
    }

    static ProxyWasm metrics(ProxyWasmConfig config, MeterRegistry registry) {
        return ProxyWasm.builder()
                .config(config)
                .metrics(new MicrometerMetricSink(registry))
                .start();
    }

    static UpstreamConfig upstreamTls(SSLContext sslContext) {
        UpstreamConfig auth =
                new UpstreamConfig(URI.create("https://auth.example")).withTls(UpstreamTls.of(sslContext));
        return auth;
    }

    static ProxyWasm foreignFunction(ProxyWasmConfig config) {
        return ProxyWasm.builder()
                .config(config)
                .foreignFunction("greet", call -> "hello".getBytes(UTF_8))
                .start();
    }

    static void status(ProxyWasm host, Logger log) {
        for (PluginStatus plugin : host.plugins()) {
            log.info("{}: {} {}", plugin.name(), plugin.state(), plugin.count(PluginCounter.TRAPS));
        }
    }

    static void hostMetrics(ProxyWasm host, MeterRegistry registry) {
        new MicrometerHostMetrics(host).bindTo(registry);
    }
}

package dev.proxywasm.benchmarks;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.benchmarks.measure.SampleMessages;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.Outcome;
import java.nio.file.Path;
import java.util.List;

/** Starts hosts to measure, and opens streams on them. */
public final class BenchHost {

    private BenchHost() {}

    /** A plugin with one instance. */
    public static PluginConfig plugin(String name, String module) {
        return PluginConfig.builder(name, module).instances(1).build();
    }

    /** A running host of those plugins, which the caller closes. */
    public static ProxyWasm start(PluginConfig... plugins) {
        ProxyWasmConfig config = new ProxyWasmConfig(true, List.of(plugins), Path.of(""));
        return ProxyWasm.start(config, BenchHost.class.getClassLoader());
    }

    /** The headers of the sample request. */
    public static HeaderMap requestHeaders() {
        HeaderMap headers = new HeaderMap();
        SampleMessages.request(headers::add);
        return headers;
    }

    /** A stream with the sample request, nothing pushed yet. */
    public static HttpStream open(ProxyWasm host) {
        return host.newStream(LoopbackExchange.INSTANCE, requestHeaders());
    }

    /** The sample request and response through the whole chain; the response's headers as they leave it. */
    public static HeaderMap exchange(ProxyWasm host) {
        return exchange(host, requestHeaders());
    }

    /** The same with other headers of the request. */
    static HeaderMap exchange(ProxyWasm host, HeaderMap headers) {
        HeaderMap response = new HeaderMap();
        SampleMessages.response(response::add);
        try (HttpStream stream = host.newStream(LoopbackExchange.INSTANCE, headers)) {
            requireForward(stream.requestHeaders(true));
            stream.request().takeHeaders();
            requireForward(stream.responseHeaders(response, true));
            return stream.response().takeHeaders();
        }
    }

    /** Refuses any outcome but Forward: the sample messages are such that nothing pauses or answers. */
    public static void requireForward(Outcome outcome) {
        if (!(outcome instanceof Outcome.Forward)) {
            throw new IllegalStateException("the chain should forward, but answered " + outcome);
        }
    }
}

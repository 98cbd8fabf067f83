package dev.proxywasm.benchmarks;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.benchmarks.measure.Contender;
import dev.proxywasm.benchmarks.measure.Pace;
import dev.proxywasm.benchmarks.measure.Report;
import dev.proxywasm.benchmarks.measure.Rounds;
import dev.proxywasm.benchmarks.measure.Sequence;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How the cost of a request grows: {@code growth.headers-<n>}, {@code growth.plugins-<n>} and {@code growth.body-<bytes>}. */
final class Growth {

    private static final String HEADER_FILTER = "classpath:dev/proxywasm/benchmarks/bench-filter.wat";
    private static final String BODY_FILTER = "classpath:dev/proxywasm/benchmarks/body-filter.wat";

    private final Pace pace;
    private final Report report;

    Growth(Pace pace, Report report) {
        this.pace = pace;
        this.report = report;
    }

    void run() {
        try (ProxyWasm one = filters(1);
                ProxyWasm four = filters(4);
                ProxyWasm sixteen = filters(16);
                ProxyWasm body = BenchHost.start(BenchHost.plugin("body-filter", BODY_FILTER))) {
            List<Contender> contenders = new ArrayList<>();
            for (int headers : new int[] {12, 24, 48, 96}) {
                contenders.add(new Contender("growth.headers-" + headers, () -> withHeaders(one, headers)));
            }
            contenders.add(new Contender("growth.plugins-1", through(one)));
            contenders.add(new Contender("growth.plugins-4", through(four)));
            contenders.add(new Contender("growth.plugins-16", through(sixteen)));
            for (int bytes : new int[] {0, 1024, 16 * 1024, 64 * 1024}) {
                ByteBuffer chunk = ByteBuffer.allocate(bytes);
                contenders.add(new Contender("growth.body-" + bytes, () -> withBody(body, chunk)));
            }
            Rounds.measure(pace, contenders).forEach(report::add);
        }
        report.ratio("growth.plugins-16/plugins-1", "growth.plugins-16", "growth.plugins-1");
    }

    private static ProxyWasm filters(int count) {
        return BenchHost.start(IntStream.range(0, count)
                .mapToObj(i -> BenchHost.plugin("filter-" + i, HEADER_FILTER))
                .toArray(PluginConfig[]::new));
    }

    private static Sequence through(ProxyWasm host) {
        return () -> BenchHost.exchange(host).contains("x-wasm-response");
    }

    private static boolean withHeaders(ProxyWasm host, int count) {
        HeaderMap headers = BenchHost.requestHeaders();
        for (int i = headers.size(); i < count; i++) {
            headers.add("x-further-header", "a value of usual length");
        }
        return BenchHost.exchange(host, headers).contains("x-wasm-response");
    }

    private static boolean withBody(ProxyWasm host, ByteBuffer chunk) {
        try (HttpStream stream = BenchHost.open(host)) {
            BenchHost.requireForward(stream.requestHeaders(false));
            BenchHost.requireForward(stream.requestBody(chunk.clear(), true));
            stream.request().takeHeaders();
            return stream.request().takeBody().remaining() == chunk.capacity();
        }
    }
}

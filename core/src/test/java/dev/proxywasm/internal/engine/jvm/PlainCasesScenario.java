package dev.proxywasm.internal.engine.jvm;

import dev.proxywasm.Engine;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import java.nio.file.Path;
import java.util.List;

/** A main class: two exchanges whose guest makes each hostcall that has plain cases, the second with other arguments. Prints when that begins and ends. */
final class PlainCasesScenario {

    static final String BEGIN = "the second exchange";
    static final String END = "the end";

    private PlainCasesScenario() {}

    public static void main(String[] arguments) {
        PluginConfig plugin = PluginConfig.builder("plain", "classpath:wat/stream/plain-cases.wat")
                .engine(Engine.JVM)
                .instances(1)
                .build();
        ClassLoader loader = PlainCasesScenario.class.getClassLoader();
        try (ProxyWasm host = ProxyWasm.start(new ProxyWasmConfig(true, List.of(plugin), Path.of("")), loader)) {
            try (HttpStream first = host.newStream(TestExchange.FACTS, headers());
                    HttpStream second = host.newStream(TestExchange.FACTS, headers())) {
                requireForward(first.requestHeaders(false));
                System.out.println(BEGIN);
                Outcome outcome = second.requestHeaders(true);
                System.out.println(END);
                requireForward(outcome);
            }
        }
    }

    private static HeaderMap headers() {
        return HeaderMap.of(
                ":method", "GET", ":path", "/", ":authority", "a", ":scheme", "http", "x-plain", "old", "x-1", "1");
    }

    private static void requireForward(Outcome outcome) {
        if (!(outcome instanceof Outcome.Forward)) {
            throw new IllegalStateException("the guest was stopped");
        }
    }
}

package dev.proxywasm.internal.hostcall;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.proxywasm.Limits;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/** A main class: 100,000 hostcalls with random arguments from a guest; says {@code alive} if none stopped it and no memory stayed behind. */
final class RandomCallsScenario {

    private static final int REQUESTS = 200;
    private static final int CALLS = 500;
    private static final long MOST_GROWTH = 32L << 20;

    private RandomCallsScenario() {}

    public static void main(String[] arguments) {
        Limits limits = Limits.builder().callbackTimeout(Duration.ofMinutes(1)).build();
        PluginConfig plugin = PluginConfig.builder("forward", ForwardGuest.FIXTURE)
                .instances(1)
                .limits(limits)
                .build();
        try (TestHost host = TestHost.of(plugin)) {
            silence("ROOT");
            silence("dev.proxywasm");
            silence("dev.proxywasm.plugin.forward");
            long settled = 0;
            for (int i = 0; i < REQUESTS; i++) {
                exchange(host, i);
                if (i == REQUESTS / 4) {
                    settled = usedMemory();
                }
            }
            long growth = usedMemory() - settled;
            int calls = total(host);
            boolean isAlive = growth < MOST_GROWTH && calls == REQUESTS * CALLS;
            System.out.println(isAlive ? "alive" : calls + " calls, memory grew by " + growth + " bytes");
        }
    }

    private static void exchange(TestHost host, int number) {
        long seed = 0x9E3779B97F4A7C15L * (number + 1);
        try (TestExchange exchange = host.get("x-random", ForwardGuest.random(seed, CALLS))) {
            Outcome outcome = exchange.bodylessRequest();
            if (outcome instanceof Outcome.Reply reply) {
                requireByGuest(reply.response(), number);
            }
        }
    }

    /** How many calls the guest has made. */
    private static int total(TestHost host) {
        try (TestExchange exchange = host.get("x-calls", "")) {
            exchange.bodylessRequest();
            String digits = exchange.request().takeHeaders().get("x-answers");
            return digits.chars().reduce(0, (number, digit) -> number * 16 + digit - 'a');
        }
    }

    /** A guest may answer by chance; the host answers only if the guest was stopped. */
    private static void requireByGuest(LocalResponse response, int number) {
        if (response.details().equals("wasm_fail_stream")) {
            throw new IllegalStateException("the guest was stopped by the calls of request " + number);
        }
    }

    private static void silence(String logger) {
        ((Logger) LoggerFactory.getLogger(logger)).setLevel(Level.OFF);
    }

    private static long usedMemory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}

package dev.proxywasm.internal.hostcall;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.proxywasm.Limits;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/**
 * A main class: at least 100,000 hostcalls of a guest, half of them with random arguments and half with arguments that make sense but for
 * some. Says {@code alive} if every answer was a documented one, none stopped the guest, and no memory stayed behind. Arguments: the
 * seconds that it shall go on at least, and a seed.
 */
final class RandomCallsScenario {

    private static final int REQUESTS = 200;
    private static final int CALLS = 500;
    private static final long MOST_GROWTH = 32L << 20;

    private final TestHost host;
    private final long firstSeed;
    private final ForwardCalls patterns = SensibleCalls.all();
    private int requests;

    private RandomCallsScenario(TestHost host, long seed) {
        this.host = host;
        this.firstSeed = seed;
    }

    public static void main(String[] arguments) throws IOException {
        long seconds = Long.parseLong(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        // What a random guest asks for must not end it: no hostcall of these takes long, but there are many.
        Limits limits = Limits.builder().callbackTimeout(Duration.ofMinutes(1)).build();
        PluginConfig plugin = PluginConfig.builder("forward", ForwardGuest.FIXTURE)
                .instances(1)
                .limits(limits)
                .build();
        try (TestHost host = TestHost.calling(AnsweringServices.all(), plugin)) {
            silence("ROOT", Level.OFF);
            silence("dev.proxywasm", Level.OFF);
            silence("dev.proxywasm.plugin.forward", Level.OFF);
            silence("dev.proxywasm.vm", Level.ERROR);
            System.out.println(new RandomCallsScenario(host, seed).run(System.nanoTime() + seconds * 1_000_000_000L));
        }
    }

    private String run(long until) throws IOException {
        long settledHeap = 0;
        long settledProcess = 0;
        while (requests < REQUESTS || System.nanoTime() < until) {
            exchange();
            if (requests == REQUESTS / 2) {
                settledHeap = usedHeap();
                settledProcess = residentBytes();
            }
        }
        long heap = usedHeap() - settledHeap;
        long process = residentBytes() - settledProcess;
        int calls = total();
        boolean isAlive = heap < MOST_GROWTH && process < 4 * MOST_GROWTH && calls >= REQUESTS * CALLS;
        String figures = "seed " + firstSeed + ": " + calls + " calls, heap grew by " + heap + " bytes, the process by "
                + process;
        return figures + (isAlive ? ", alive" : ": too few or too much");
    }

    private void exchange() {
        long seed = firstSeed + 0x9E3779B97F4A7C15L * ++requests | 1;
        String[] headers = requests % 2 == 0 ? ForwardCalls.random(seed, CALLS) : patterns.mutated(seed, CALLS);
        try (TestExchange exchange = host.post(headers)) {
            if (exchange.bodylessRequest() instanceof Outcome.Reply reply) {
                requireByGuest(reply.response());
            }
            host.advance(Duration.ofMillis(10));
        }
    }

    /** How many calls the guest has made. */
    private int total() {
        try (TestExchange exchange = host.get("x-calls", "")) {
            exchange.bodylessRequest();
            String digits = exchange.request().takeHeaders().get("x-answers");
            return digits.chars().reduce(0, (number, digit) -> number * 16 + digit - 'a');
        }
    }

    /** A guest may answer by chance; the host answers only if the guest was stopped. */
    private void requireByGuest(LocalResponse response) {
        if (response.details().equals("wasm_fail_stream")) {
            throw new IllegalStateException("the guest was stopped by the calls of request " + requests);
        }
    }

    private static void silence(String logger, Level level) {
        ((Logger) LoggerFactory.getLogger(logger)).setLevel(level);
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** What the process holds, the memory of guests and of the engine included; 0 where the system does not tell. */
    private static long residentBytes() throws IOException {
        Path status = Path.of("/proc/self/statm");
        return Files.exists(status)
                ? 4096 * Long.parseLong(Files.readString(status).split(" ", 3)[1])
                : 0;
    }
}

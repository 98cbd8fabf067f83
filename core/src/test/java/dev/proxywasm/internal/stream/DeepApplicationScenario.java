package dev.proxywasm.internal.stream;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A main class: an application that has recursed until there is no stack left, and on the way back, from every so many frames, has the server push a
 * part to a filter that recurses for ever, with a hostcall at each depth. Arguments: how many threads do so for each kind of part, and
 * {@code bare} for a server that forgets to make sure of the stack.
 *
 * <p>The first frame from which the part is pushed is the one with the least room that was enough, so one for a thread will do. A filter
 * that took a lock along with it would keep the request from its answer that follows on another thread.
 */
final class DeepApplicationScenario {

    private static final String FILTER =
            """
            (module
              (import "env" "proxy_set_shared_data" (func $set (param i32 i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "proxy_abi_version_0_2_1"))
              (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 0))
              (func $down (result i32)
                (drop (call $set (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 0)))
                (i32.add (call $down) (i32.const 1)))
              (func (export "%s") %s))
            """;
    private static final String ASKED = "(param i32 i32 i32) (result i32) (call $down)";
    private static final String TOLD = "(param i32) (drop (call $down))";

    private static final Map<String, Consumer<HttpStream>> PUSHES = Map.of(
            "request_body", stream -> stream.requestBody(TestExchange.bytes("a"), true),
            "response_headers", stream -> new TestExchange(stream).responseHeaders(),
            "response_body", stream -> stream.responseBody(TestExchange.bytes("a"), false),
            "log", HttpStream::close);

    private static final int FRAMES_BETWEEN = 16;

    private final boolean bare;
    private int frames;
    private int pushed;
    private int refused;

    private DeepApplicationScenario(boolean bare) {
        this.bare = bare;
    }

    public static void main(String[] arguments) throws InterruptedException {
        int threads = Integer.parseInt(arguments[0]);
        DeepApplicationScenario scenario = new DeepApplicationScenario(arguments.length > 1);
        for (String part : PUSHES.keySet()) {
            scenario.run(part, threads);
        }
        System.out.println("alive, pushed %d, refused %b".formatted(scenario.pushed, scenario.refused > 0));
        System.exit(0);
    }

    private void run(String part, int threads) throws InterruptedException {
        String filter = FILTER.formatted("proxy_on_" + part, part.equals("log") ? TOLD : ASKED);
        try (TestHost host =
                TestHost.of(PluginConfig.builder("deep", filter).instances(1).build())) {
            for (int i = 0; i < threads; i++) {
                host.advance(Duration.ofMinutes(3)); // for another VM
                TestExchange exchange = host.post();
                exchange.requestHeaders();
                if (part.equals("response_body")) {
                    exchange.responseHeaders();
                }
                Thread thread = new Thread(
                        null, () -> descend(exchange.stream(), PUSHES.get(part)), "application", 1024 * 1024);
                thread.start();
                thread.join();
                exchange.close();
            }
            host.advance(Duration.ofMinutes(3));
            try (TestExchange next = host.get()) {
                next.requestHeaders();
            }
        }
    }

    /** Whether the part has been pushed. */
    @SuppressWarnings("InfiniteRecursion") // that is what it is for
    private boolean descend(HttpStream stream, Consumer<HttpStream> push) {
        boolean done = false;
        try {
            done = descend(stream, push);
        } catch (StackOverflowError bottom) {
            // from here on upwards
        }
        return done || (frames++ % FRAMES_BETWEEN == 0 && push(stream, push));
    }

    private boolean push(HttpStream stream, Consumer<HttpStream> push) {
        try {
            if (!bare) {
                stream.requireStack();
            }
        } catch (StackOverflowError noRoom) {
            refused++;
            return false;
        }
        push.accept(stream);
        pushed++;
        return true;
    }
}

package dev.proxywasm.benchmarks.measure;

import java.util.function.BiConsumer;

/** The request and the response that every way of running a filter is given. */
public final class SampleMessages {

    private static final String[] REQUEST = {
        ":authority", "localhost:8080",
        ":path", "/bench?x=1",
        ":method", "GET",
        ":scheme", "http",
        "host", "localhost:8080",
        "user-agent", "bench/1.0",
        "accept", "*/*",
        "accept-encoding", "gzip, deflate",
        "accept-language", "en-US,en;q=0.5",
        "cookie", "a=b; c=d",
        "x-bench", "value-of-x-bench",
        "x-request-id", "4b0f4c9e-7c4f-4a0a-8c3e-7a4a3a1a2b3c",
    };

    private static final String[] RESPONSE = {
        ":status", "200",
        "content-type", "text/plain",
        "content-length", "11",
    };

    private SampleMessages() {}

    /** Calls {@code action} with name and value of each of the twelve request headers. */
    public static void request(BiConsumer<String, String> action) {
        forEach(REQUEST, action);
    }

    /** Calls {@code action} with name and value of each of the three response headers. */
    public static void response(BiConsumer<String, String> action) {
        forEach(RESPONSE, action);
    }

    private static void forEach(String[] pairs, BiConsumer<String, String> action) {
        for (int i = 0; i < pairs.length; i += 2) {
            action.accept(pairs[i], pairs[i + 1]);
        }
    }
}

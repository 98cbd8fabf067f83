package dev.proxywasm.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Test;

/** Handlers that have recursed until there is no stack left: what they then try is done on the way back, as soon as filters have room. */
class DeepApplicationTest {

    private static final int FRAMES_BETWEEN = 32;
    private static final String ADDS = TestSite.header("2+x-added: of a filter");
    private static final String LOOKS_AT_BODIES =
            "{name: phases, module: \"classpath:wat/phases.wat\", configuration: bn000, limits: {request-body-buffer: 64KiB}}";

    private int frames;
    private int refused;

    /** Tries it on the way back until it does not fail; whether it has been done. */
    @SuppressWarnings("InfiniteRecursion") // that is what it is for
    private boolean deeply(Runnable use) {
        boolean done = false;
        try {
            done = deeply(use);
        } catch (StackOverflowError bottom) {
            // from here on upwards
        }
        if (done || frames++ % FRAMES_BETWEEN != 0) {
            return done;
        }
        try {
            use.run();
            return true;
        } catch (StackOverflowError noRoom) {
            refused++;
            return false;
        }
    }

    private String answer(Applications.Action action, String body) throws Exception {
        String head = "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ";
        try (TestSite site = TestSite.of(Applications.doing(action), ADDS, LOOKS_AT_BODIES)) {
            String answer = site.answer(head + body.length() + "\r\n\r\n" + body);
            await().untilAsserted(() ->
                    assertThat(site.counts()).containsEntry("created", 1L).containsEntry("delete", 1L));
            assertThat(refused).isPositive();
            return answer;
        }
    }

    @Test
    void write() throws Exception {
        String answer = answer(
                (request, response, callback) ->
                        deeply(() -> response.write(true, Applications.bytes("hello"), callback)),
                "");
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("x-added: of a filter")
                .endsWith("hello");
    }

    @Test
    void end() throws Exception {
        String answer = answer((request, response, callback) -> deeply(callback::succeeded), "");
        assertThat(answer).startsWith("HTTP/1.1 200").contains("x-added: of a filter");
    }

    @Test
    void fail() throws Exception {
        String answer = answer(
                (request, response, callback) -> deeply(() -> callback.failed(new IllegalStateException("of a test"))),
                "");
        assertThat(answer).startsWith("HTTP/1.1 500").contains("x-added: of a filter");
    }

    @Test
    void read() throws Exception {
        String body = "a".repeat(100_000);
        AtomicLong bytes = new AtomicLong();
        String answer = answer(
                (request, response, callback) -> {
                    while (bytes.get() < body.length()) {
                        deeply(() -> {
                            Content.Chunk chunk = request.read();
                            bytes.addAndGet(chunk.remaining());
                            chunk.release();
                        });
                    }
                    callback.succeeded();
                },
                body);
        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(bytes).hasValue(body.length());
    }
}

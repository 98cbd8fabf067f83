package dev.proxywasm;

import static dev.proxywasm.internal.callback.Callback.REQUEST_HEADERS;
import static dev.proxywasm.testing.Script.on;
import static dev.proxywasm.testing.Script.pause;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.HttpStream;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.internal.service.InMemorySharedQueues;
import dev.proxywasm.testing.TestExchange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guests that take their time outside of requests keep nobody else waiting. */
@Timeout(60)
class SlowGuestsTest {

    private static final int SLOW = 4;

    private final InMemorySharedQueues queues = new InMemorySharedQueues(ServiceLimits.DEFAULT);
    private final CountDownLatch inside = new CountDownLatch(SLOW);
    private final CountDownLatch goOn = new CountDownLatch(1);

    /** Hands each message of its queue to the foreign function "got", which does not return. */
    private static PluginConfig slow(int number) {
        return PluginConfig.builder("slow-" + number, "classpath:wat/services/consumer.wat")
                .vm(new VmConfig("vm-" + number, "", Map.of(), List.of()))
                .instances(1)
                .limits(Limits.builder().callbackTimeout(Duration.ofMinutes(1)).build())
                .build();
    }

    private static PluginConfig pausing() {
        return PluginConfig.builder("pausing", "classpath:wat/stream/recorder.wat")
                .configuration(on(REQUEST_HEADERS, pause()))
                .phase(Phase.AUTHN)
                .instances(1)
                .limits(Limits.builder().pauseTimeout(Duration.ofMillis(1)).build())
                .build();
    }

    private ProxyWasm start() {
        List<PluginConfig> plugins = new ArrayList<>(List.of(pausing()));
        for (int i = 0; i < SLOW; i++) {
            plugins.add(slow(i));
        }
        return ProxyWasm.builder()
                .config(new ProxyWasmConfig(true, plugins, Path.of(".")))
                .sharedQueues(queues)
                .foreignFunction("got", call -> {
                    inside.countDown();
                    awaitTheEnd();
                    return new byte[0];
                })
                .start();
    }

    private void awaitTheEnd() {
        try {
            assertThat(goOn.await(50, SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("nobody interrupts a guest", interrupted);
        }
    }

    @Test
    void pausesEndInTimeWhileGuestsAreSlow() throws Exception {
        HeaderMap headers = HeaderMap.of(":method", "GET", ":path", "/", ":authority", "a", ":scheme", "http");
        try (ProxyWasm host = start();
                HttpStream stream = host.newStream(TestExchange.FACTS, headers)) {
            try {
                for (int i = 1; i <= SLOW; i++) {
                    queues.append(i, new byte[] {'x'});
                }
                assertThat(inside.await(20, SECONDS)).as("all are slow at once").isTrue();
                CompletableFuture<Outcome> answer = new CompletableFuture<>();
                ((Outcome.Wait) stream.requestHeaders(true)).whenResumed(Runnable::run, answer::complete);
                assertThat(answer.get(20, SECONDS)).isInstanceOf(Outcome.Reply.class);
            } finally {
                goOn.countDown();
            }
        }
    }
}

package dev.proxywasm.internal.stream;

import static dev.proxywasm.internal.callback.Callback.CONFIGURE;
import static dev.proxywasm.internal.callback.Callback.REQUEST_HEADERS;
import static dev.proxywasm.internal.callback.Callback.REQUEST_TRAILERS;
import static dev.proxywasm.internal.callback.Callback.RESPONSE_HEADERS;
import static dev.proxywasm.internal.callback.Callback.TICK;
import static dev.proxywasm.testing.Script.actOn;
import static dev.proxywasm.testing.Script.on;
import static dev.proxywasm.testing.Script.pause;
import static dev.proxywasm.testing.Script.reply;
import static dev.proxywasm.testing.Script.resumeRequest;
import static dev.proxywasm.testing.Script.tickEvery;
import static dev.proxywasm.testing.TestHost.recorder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.Limits;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Both directions of one exchange at once, driven by a server that holds no thread while one of them waits. */
class DirectionsTest {

    private final List<Outcome> outcomes = new ArrayList<>();

    @Test
    void goesOnInATaskOfTheServersOwn() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        try (TestHost host = TestHost.of(recorder(
                                "a",
                                on(REQUEST_HEADERS, pause())
                                        + on(CONFIGURE, tickEvery(1000))
                                        + on(TICK, actOn(2), resumeRequest()))
                        .build());
                TestExchange exchange = host.get()) {
            ((Outcome.Wait) exchange.bodylessRequest()).whenResumed(tasks::add, outcomes::add);
            host.advance(Duration.ofSeconds(1));
            assertThat(outcomes).isEmpty();
            assertThat(exchange.request().hasHeaders()).isFalse();
            tasks.remove().run();
            assertThat(outcomes).containsExactly(Outcome.FORWARD);
            assertThat(exchange.request().hasHeaders()).isTrue();
        }
    }

    @Test
    void forgetsThePauseOfARequestThatHasBeenAnswered() {
        try (TestHost host = TestHost.of(
                        recorder("a", on(REQUEST_TRAILERS, pause()) + on(RESPONSE_HEADERS, reply(418, "tea")))
                                .build());
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            Outcome paused = exchange.stream().requestTrailers(HeaderMap.of("x-t", "1"));
            ((Outcome.Wait) paused).whenResumed(Runnable::run, outcomes::add);
            Outcome reply = exchange.bodylessResponse();
            host.advance(Limits.DEFAULT.pauseTimeout());
            assertThat(outcomes).containsExactly(Outcome.FORWARD);
            assertThat(exchange.answerWith(reply)).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.response().takeHeaders().get(":status")).isEqualTo("418");
        }
    }
}

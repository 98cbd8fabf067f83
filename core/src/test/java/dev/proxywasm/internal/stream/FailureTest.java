package dev.proxywasm.internal.stream;

import static dev.proxywasm.internal.callback.Callback.CONFIGURE;
import static dev.proxywasm.internal.callback.Callback.REQUEST_BODY;
import static dev.proxywasm.internal.callback.Callback.REQUEST_HEADERS;
import static dev.proxywasm.internal.callback.Callback.RESPONSE_BODY;
import static dev.proxywasm.internal.callback.Callback.TICK;
import static dev.proxywasm.testing.Script.actOn;
import static dev.proxywasm.testing.Script.growMemory;
import static dev.proxywasm.testing.Script.on;
import static dev.proxywasm.testing.Script.onlyIf;
import static dev.proxywasm.testing.Script.pause;
import static dev.proxywasm.testing.Script.reply;
import static dev.proxywasm.testing.Script.say;
import static dev.proxywasm.testing.Script.tickEvery;
import static dev.proxywasm.testing.Script.trap;
import static dev.proxywasm.testing.TestHost.recorder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.FailurePolicy;
import dev.proxywasm.Limits;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.internal.callback.Callback;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of exchanges whose plugin fails, and of the plugin. */
class FailureTest {

    private static final Limits TIGHT = Limits.builder()
            .callbackTimeout(Duration.ofMillis(300))
            .memoryBytes(4 * 1024 * 1024)
            .hostcallsPerCallback(1000)
            .build();

    private static String trapsIn(Callback callback) {
        return on(callback, onlyIf("x-trap"), trap());
    }

    /** Pushes everything that there is to push, as long as the exchange goes its way; gives the outcome that it ended with. */
    private static Outcome drive(TestExchange exchange) {
        List<Supplier<Outcome>> pushes = List.of(
                exchange::requestHeaders,
                () -> exchange.requestBody("abc"),
                () -> exchange.stream().requestTrailers(HeaderMap.of("x-t", "1")),
                exchange::responseHeaders,
                () -> exchange.responseBody("def"),
                () -> exchange.stream().responseTrailers(HeaderMap.of("x-t", "1")));
        Outcome last = Outcome.FORWARD;
        for (int i = 0; i < pushes.size() && last == Outcome.FORWARD; i++) {
            last = pushes.get(i).get();
        }
        return last;
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "REQUEST_HEADERS",
                "REQUEST_BODY",
                "REQUEST_TRAILERS",
                "RESPONSE_HEADERS",
                "RESPONSE_BODY",
                "RESPONSE_TRAILERS"
            })
    void answersUnavailableAndGoesOnWithANewVm(Callback callback) {
        try (TestHost host = TestHost.of(recorder("a", trapsIn(callback)).build())) {
            try (TestExchange trapping = host.post("x-trap", "1")) {
                Outcome outcome = drive(trapping);
                assertThat(outcome).isInstanceOf(Outcome.Reply.class);
                assertThat(((Outcome.Reply) outcome).response().details()).isEqualTo("wasm_fail_stream");
                assertThat(trapping.answerWith(outcome)).isEqualTo(Outcome.FORWARD);
                assertThat(trapping.response().takeHeaders().get(":status")).isEqualTo("503");
            }
            host.newTrace();
            try (TestExchange next = host.post()) {
                assertThat(drive(next)).isEqualTo(Outcome.FORWARD);
            }
            assertThat(host.newTrace())
                    .startsWith("context_create 1 0\nvm_start 1 0\nconfigure 1\ncontext_create 2 1\n");
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "CONTEXT_CREATE",
                "REQUEST_HEADERS",
                "REQUEST_BODY",
                "REQUEST_TRAILERS",
                "RESPONSE_HEADERS",
                "RESPONSE_BODY",
                "RESPONSE_TRAILERS",
                "DONE",
                "LOG",
                "DELETE"
            })
    void passesEverythingOnWhenThePolicyIsOpen(Callback callback) {
        String script = trapsIn(callback) + on(REQUEST_BODY, pause()) + on(RESPONSE_BODY, pause());
        try (TestHost host = TestHost.of(
                recorder("a", script).failurePolicy(FailurePolicy.OPEN).build(),
                recorder("b", "").build())) {
            try (TestExchange exchange = host.post("x-trap", "1")) {
                assertThat(drive(exchange)).isEqualTo(Outcome.FORWARD);
                assertThat(exchange.takeRequestBody()).isEqualTo("abc");
                assertThat(exchange.request().trailers().size()).isEqualTo(1);
                assertThat(exchange.takeResponseBody()).isEqualTo("def");
                assertThat(exchange.response().trailers().size()).isEqualTo(1);
            }
            assertThat(host.newTrace()).contains("b: delete 2");
            try (TestExchange next = host.post()) {
                assertThat(drive(next)).isEqualTo(Outcome.FORWARD);
            }
        }
    }

    @Test
    void dropsWhatATrappingCallbackAskedFor() {
        String script = on(REQUEST_HEADERS, reply(418, "tea"), trap());
        try (TestHost host = TestHost.of(recorder("a", script).build());
                TestExchange exchange = host.get()) {
            Outcome outcome = exchange.bodylessRequest();
            assertThat(((Outcome.Reply) outcome).response().status()).isEqualTo(503);
            assertThat(exchange.answerWith(outcome)).isEqualTo(Outcome.FORWARD);
        }
    }

    @ParameterizedTest
    @EnumSource(FailurePolicy.class)
    void wakesTheOtherExchangesOfTheVmAndAppliesThePolicy(FailurePolicy policy) {
        String script = on(REQUEST_HEADERS, pause()) + trapsIn(REQUEST_HEADERS);
        try (TestHost host =
                        TestHost.of(recorder("a", script).failurePolicy(policy).build());
                TestExchange paused = host.post();
                TestExchange trapping = host.get("x-trap", "1")) {
            paused.requestHeaders();
            List<Outcome> outcomes = new ArrayList<>();
            ((Outcome.Wait) paused.lastRequestBody("abc")).whenResumed(Runnable::run, outcomes::add);
            trapping.bodylessRequest();
            host.runDue();
            assertThat(outcomes).hasSize(1);
            if (policy == FailurePolicy.OPEN) {
                assertThat(outcomes).containsExactly(Outcome.FORWARD);
                assertThat(paused.takeRequestBody()).isEqualTo("abc");
            } else {
                assertThat(paused.answerWith(outcomes.get(0))).isEqualTo(Outcome.FORWARD);
                assertThat(paused.response().takeHeaders().get(":status")).isEqualTo("503");
            }
        }
    }

    @Test
    void answersUnavailableOnceWhenTheVmOfAPluginThatHasAnsweredTraps() throws InterruptedException {
        String script = on(CONFIGURE, tickEvery(1000))
                + on(REQUEST_HEADERS, onlyIf("x-wait"), pause())
                + on(TICK, actOn(2), reply(401, "who"))
                + on(REQUEST_BODY, trap());
        try (TestHost host = TestHost.of(recorder("a", script).build());
                TestExchange answered = host.get("x-wait", "1");
                TestExchange trapping = host.post()) {
            Outcome.Wait wait = (Outcome.Wait) answered.bodylessRequest();
            trapping.requestHeaders();
            host.advance(Duration.ofSeconds(1));
            Outcome reply = wait.await();
            assertThat(((Outcome.Reply) reply).response().status()).isEqualTo(401);
            trapping.lastRequestBody("abc");
            Outcome unavailable = answered.answerWith(reply);
            assertThat(((Outcome.Reply) unavailable).response().status()).isEqualTo(503);
            assertThat(answered.answerWith(unavailable)).isEqualTo(Outcome.FORWARD);
        }
    }

    @Test
    void abortsWhenAPluginFailsAfterTheResponseBegan() {
        try (TestHost host =
                        TestHost.of(recorder("a", on(RESPONSE_BODY, trap())).build());
                TestExchange exchange = host.get()) {
            exchange.bodylessRequest();
            exchange.responseHeaders();
            exchange.response().takeHeaders();
            assertThat(exchange.responseBody("abc")).isInstanceOf(Outcome.Abort.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"@", "^", "?", "#5000", "E0", "E1"})
    void stopsAGuestThatMisbehaves(String misdeed) {
        String script = on(REQUEST_HEADERS, onlyIf("x-trap"), misdeed, say("still here"));
        try (TestHost host = TestHost.of(recorder("a", script).limits(TIGHT).build())) {
            try (TestExchange exchange = host.get("x-trap", "1")) {
                assertThat(exchange.bodylessRequest()).isInstanceOf(Outcome.Reply.class);
            }
            try (TestExchange next = host.get()) {
                assertThat(next.passes()).isTrue();
            }
            assertThat(host.newTrace()).doesNotContain("still here");
        }
    }

    @Test
    void givesAGuestNoMoreMemoryThanItsLimit() {
        try (TestHost host = TestHost.of(recorder("a", on(REQUEST_HEADERS, growMemory()))
                        .limits(TIGHT)
                        .build());
                TestExchange exchange = host.get()) {
            assertThat(exchange.passes()).isTrue();
            assertThat(host.newTrace()).contains("pages 64\n");
        }
    }

    @Test
    void restartsAtOnceThenAfterASecondThenAfterTwo() {
        try (TestHost host = TestHost.of(recorder("a", trapsIn(REQUEST_HEADERS)).build())) {
            assertThat(trapsAndThenServes(host)).as("after the first failure").isTrue();
            assertThat(trapsAndThenServes(host)).as("after the second").isFalse();
            host.advance(Duration.ofMillis(749));
            assertThat(serves(host)).isFalse();
            host.advance(Duration.ofMillis(501));
            assertThat(serves(host)).isTrue();
            assertThat(trapsAndThenServes(host)).isFalse();
            host.advance(Duration.ofMillis(1499));
            assertThat(serves(host)).isFalse();
            host.advance(Duration.ofMillis(1001));
            assertThat(serves(host)).isTrue();
            host.advance(Duration.ofMinutes(2));
            assertThat(trapsAndThenServes(host)).as("after a quiet time").isTrue();
        }
    }

    private static boolean trapsAndThenServes(TestHost host) {
        try (TestExchange trapping = host.get("x-trap", "1")) {
            assertThat(trapping.bodylessRequest()).isInstanceOf(Outcome.Reply.class);
        }
        return serves(host);
    }

    private static boolean serves(TestHost host) {
        try (TestExchange exchange = host.get()) {
            return exchange.bodylessRequest() == Outcome.FORWARD;
        }
    }

    @Test
    void endsAVmThatTrapsInATick() {
        String script = on(CONFIGURE, tickEvery(1000)) + on(TICK, trap());
        try (TestHost host = TestHost.of(recorder("a", script).build())) {
            host.advance(Duration.ofSeconds(5));
            assertThat(host.pool(0).size()).isZero();
            assertThat(serves(host)).isTrue();
            assertThat(host.pool(0).size()).isEqualTo(1);
        }
    }
}

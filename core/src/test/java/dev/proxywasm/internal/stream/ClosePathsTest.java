package dev.proxywasm.internal.stream;

import static dev.proxywasm.internal.callback.Callback.DONE;
import static dev.proxywasm.internal.callback.Callback.REQUEST_BODY;
import static dev.proxywasm.internal.callback.Callback.REQUEST_HEADERS;
import static dev.proxywasm.internal.callback.Callback.REQUEST_TRAILERS;
import static dev.proxywasm.internal.callback.Callback.RESPONSE_HEADERS;
import static dev.proxywasm.internal.callback.Callback.RESPONSE_TRAILERS;
import static dev.proxywasm.testing.Script.add;
import static dev.proxywasm.testing.Script.close;
import static dev.proxywasm.testing.Script.on;
import static dev.proxywasm.testing.Script.onlyIf;
import static dev.proxywasm.testing.Script.pause;
import static dev.proxywasm.testing.Script.reply;
import static dev.proxywasm.testing.Script.trap;
import static dev.proxywasm.testing.TestHost.recorder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.internal.callback.Callback;
import dev.proxywasm.testing.Script;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** However an exchange goes, each context that was created is told of its end exactly once: done, log, delete. */
class ClosePathsTest {

    static Stream<Arguments> endings() {
        return Stream.of(
                ending("an answer", "", exchange -> exchange.passes()),
                ending("no content", "", exchange -> {
                    exchange.bodylessRequest();
                    exchange.stream().responseHeaders(HeaderMap.of(":status", "204"), true);
                }),
                ending("an answer to HEAD", "", exchange -> {
                    exchange.bodylessRequest();
                    exchange.bodylessResponse("content-length", "100");
                }),
                ending("an error page", "", exchange -> {
                    exchange.bodylessRequest();
                    exchange.stream().responseHeaders(HeaderMap.of(":status", "500"), false);
                    exchange.lastResponseBody("oh");
                }),
                ending("the client goes before the answer", "", TestExchange::requestHeaders),
                ending("the client goes within its body", "", exchange -> {
                    exchange.requestHeaders();
                    exchange.requestBody("abc");
                }),
                ending("the client goes within the answer", "", exchange -> {
                    exchange.bodylessRequest();
                    exchange.responseHeaders();
                    exchange.responseBody("abc");
                }),
                ending(
                        "the client goes while a plugin holds the request",
                        on(REQUEST_HEADERS, pause()),
                        TestExchange::bodylessRequest),
                ending("a plugin resets the exchange", on(REQUEST_HEADERS, close(0)), TestExchange::bodylessRequest),
                ending("a plugin resets the response", on(RESPONSE_HEADERS, close(1)), TestExchange::passes),
                ending(
                        "a local response",
                        on(REQUEST_HEADERS, reply(403, "no")),
                        exchange -> exchange.answerWith(exchange.bodylessRequest())),
                ending(
                        "a local response that is never sent",
                        on(REQUEST_HEADERS, reply(403, "no")),
                        TestExchange::bodylessRequest));
    }

    private static Arguments ending(String name, String script, Consumer<TestExchange> way) {
        return Arguments.of(name, script, way);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endings")
    void tellsOfTheEndOnce(String name, String script, Consumer<TestExchange> way) {
        try (TestHost host = TestHost.of(
                recorder("first", "").build(), recorder("second", script).build())) {
            TestExchange exchange = host.post();
            way.accept(exchange);
            assertThat(host.newTrace())
                    .contains("first: context_create 2", "second: context_create 2")
                    .doesNotContain("done");
            exchange.close();
            exchange.close();
            assertThat(host.newTrace())
                    .isEqualTo(
                            """
                            first: done 2
                            first: log 2
                            first: delete 2
                            second: done 2
                            second: log 2
                            second: delete 2
                            """);
        }
    }

    @Test
    void tellsOfTheEndOfAnExchangeWhosePauseWasTooLong() {
        try (TestHost host =
                TestHost.of(recorder("a", on(REQUEST_HEADERS, pause())).build())) {
            TestExchange exchange = host.get();
            Outcome.Wait wait = (Outcome.Wait) exchange.bodylessRequest();
            var outcomes = new ArrayList<Outcome>();
            wait.whenResumed(Runnable::run, outcomes::add);
            host.advance(Duration.ofMinutes(1));
            assertThat(outcomes).hasSize(1);
            exchange.answerWith(outcomes.get(0));
            host.newTrace();
            exchange.close();
            assertThat(host.newTrace()).isEqualTo("done 2\nlog 2\ndelete 2\n");
        }
    }

    /** The children end before their parent, and are told nothing twice. */
    @Test
    void tellsOfTheEndOnceWhenTheHostClosesUnderTheExchange() {
        TestHost host = TestHost.of(recorder("a", "").build());
        TestExchange early = host.get();
        TestExchange late = host.get();
        early.bodylessRequest();
        late.bodylessRequest();
        host.newTrace();
        host.pool(0).close();
        assertThat(host.newTrace()).isEqualTo("done 1\ndone 2\nlog 2\ndelete 2\ndone 3\nlog 3\ndelete 3\ndelete 1\n");
        early.close();
        late.close();
        host.close();
        assertThat(host.newTrace()).isEmpty();
    }

    @Test
    void aTrapInTheEndOfOneExchangeEndsTheOthersWithTheirVm() {
        TestHost host =
                TestHost.of(recorder("a", on(DONE, onlyIf("x-trap"), trap())).build());
        TestExchange trapping = host.get("x-trap", "1");
        TestExchange other = host.get();
        trapping.bodylessRequest();
        other.bodylessRequest();
        host.newTrace();
        host.pool(0).close();
        assertThat(host.newTrace()).isEqualTo("done 1\ndone 2\n");
        trapping.close();
        other.close();
        host.close();
        assertThat(host.newTrace()).isEmpty();
    }

    /** As in Envoy: only a root context can put its end off. */
    @Test
    void endsAStreamWhoseGuestIsNotDone() {
        try (TestHost host = TestHost.of(
                recorder("a", on(DONE, onlyIf("x-test"), Script.answer(0))).build())) {
            TestExchange exchange = host.get("x-test", "1");
            exchange.passes();
            host.newTrace();
            exchange.close();
            assertThat(host.newTrace()).isEqualTo("done 2\nlog 2\ndelete 2\n");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Callback.class,
            names = {"REQUEST_HEADERS", "REQUEST_BODY", "REQUEST_TRAILERS", "RESPONSE_HEADERS"})
    void answersFromEveryPhaseInWhichHeadersAreNotGone(Callback phase) {
        try (TestHost host = TestHost.of(recorder("a", on(phase, reply(418, "tea"), reply(500, "late")))
                        .build());
                TestExchange exchange = host.post()) {
            Outcome outcome = Outcome.FORWARD;
            for (Callback next : new Callback[] {REQUEST_HEADERS, REQUEST_BODY, REQUEST_TRAILERS, RESPONSE_HEADERS}) {
                if (outcome == Outcome.FORWARD) {
                    outcome = push(exchange, next);
                }
            }
            assertThat(((Outcome.Reply) outcome).response().status()).isEqualTo(418);
            assertThat(exchange.answerWith(outcome)).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.response().takeHeaders().get(":status")).isEqualTo("418");
            assertThat(exchange.takeResponseBody()).isEqualTo("tea");
        }
    }

    @Test
    void resetsFromAPhaseInWhichTheyAre() {
        try (TestHost host = TestHost.of(
                        recorder("a", on(RESPONSE_TRAILERS, reply(500, "late"))).build());
                TestExchange exchange = host.get()) {
            exchange.bodylessRequest();
            exchange.responseHeaders();
            exchange.response().takeHeaders();
            assertThat(exchange.stream().responseTrailers(HeaderMap.of("a", "b")))
                    .isInstanceOf(Outcome.Abort.class);
        }
    }

    private static Outcome push(TestExchange exchange, Callback part) {
        return switch (part) {
            case REQUEST_HEADERS -> exchange.requestHeaders();
            case REQUEST_BODY -> exchange.requestBody("abc");
            case REQUEST_TRAILERS -> exchange.stream().requestTrailers(HeaderMap.of("a", "b"));
            default -> exchange.responseHeaders();
        };
    }

    /** Each plugin can answer once, so a chain of answers to answers ends. */
    @Test
    void aChainWhosePluginsAllAnswerEveryAnswerEnds() {
        String always =
                on(REQUEST_HEADERS, reply(401, "q")) + on(RESPONSE_HEADERS, reply(402, "s"), add(2, "x-seen", "1"));
        try (TestHost host = TestHost.of(
                        recorder("1", on(RESPONSE_HEADERS, reply(501, "one"))).build(),
                        recorder("2", on(RESPONSE_HEADERS, reply(502, "two"))).build(),
                        recorder("3", always).build());
                TestExchange exchange = host.get()) {
            Outcome outcome = exchange.bodylessRequest();
            int answers = 0;
            while (outcome instanceof Outcome.Reply) {
                assertThat(++answers).as("answers to answers").isLessThanOrEqualTo(3);
                outcome = exchange.answerWith(outcome);
            }
            assertThat(outcome).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.response().takeHeaders().get(":status")).isEqualTo("501");
        }
    }
}

package dev.proxywasm.internal.stream;

import static dev.proxywasm.internal.callback.Callback.CONFIGURE;
import static dev.proxywasm.internal.callback.Callback.REQUEST_BODY;
import static dev.proxywasm.internal.callback.Callback.REQUEST_HEADERS;
import static dev.proxywasm.internal.callback.Callback.RESPONSE_HEADERS;
import static dev.proxywasm.internal.callback.Callback.TICK;
import static dev.proxywasm.testing.Script.actOn;
import static dev.proxywasm.testing.Script.on;
import static dev.proxywasm.testing.Script.pause;
import static dev.proxywasm.testing.Script.reply;
import static dev.proxywasm.testing.Script.resumeRequest;
import static dev.proxywasm.testing.Script.say;
import static dev.proxywasm.testing.Script.tickEvery;
import static dev.proxywasm.testing.Script.trap;
import static dev.proxywasm.testing.TestHost.recorder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.FailurePolicy;
import dev.proxywasm.PluginCounter;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several plugins answer one exchange, outside of its callbacks: the first in time wins, wherever it stands in the chain. */
class FirstReplyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Replies by a tick after that time. */
    private static String replyAfter(int millis, int status) {
        return on(CONFIGURE, tickEvery(millis)) + on(TICK, actOn(2), reply(status, "tea"));
    }

    private static int status(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Reply.class);
        return ((Outcome.Reply) outcome).response().status();
    }

    private static long localResponses(TestHost host, int plugin) {
        return host.pool(plugin).tally().counters().get(PluginCounter.LOCAL_RESPONSES);
    }

    @ParameterizedTest
    @CsvSource({"1000, 1500, 401", "1500, 1000, 402"})
    void theFirstInTimeWins(int front, int back, int winner) throws InterruptedException {
        try (TestHost host = TestHost.of(
                        recorder("front", replyAfter(front, 401)).build(),
                        recorder("back", replyAfter(back, 402) + on(REQUEST_HEADERS, pause()))
                                .build());
                TestExchange exchange = host.get()) {
            Outcome.Wait wait = (Outcome.Wait) exchange.bodylessRequest();
            host.advance(Duration.ofMillis(1900));
            Outcome reply = wait.await();
            assertThat(status(reply)).isEqualTo(winner);
            assertThat(exchange.answerWith(reply)).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.response().takeHeaders().get(":status")).isEqualTo(Integer.toString(winner));
            assertThat(localResponses(host, 0)).isEqualTo(winner == 401 ? 1 : 0);
            assertThat(localResponses(host, 1)).isEqualTo(winner == 402 ? 1 : 0);
        }
    }

    @Test
    void aReplyBetweenTheAnswerAndItsWayBackIsTooLate() {
        try (TestHost host = TestHost.of(
                        recorder("front", replyAfter(1000, 401)).build(),
                        recorder("back", on(REQUEST_HEADERS, reply(403, "no"))).build());
                TestExchange exchange = host.get()) {
            Outcome reply = exchange.bodylessRequest();
            host.advance(SECOND);
            assertThat(exchange.answerWith(reply)).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.response().takeHeaders().get(":status")).isEqualTo("403");
        }
    }

    @Test
    void aPluginThatHoldsTheAnswerMayReplaceIt() throws InterruptedException {
        try (TestHost host = TestHost.of(
                        recorder("front", replyAfter(1000, 401) + on(RESPONSE_HEADERS, pause()))
                                .build(),
                        recorder("back", on(REQUEST_HEADERS, reply(403, "no"))).build());
                TestExchange exchange = host.get()) {
            Outcome.Wait wait = (Outcome.Wait) exchange.answerWith(exchange.bodylessRequest());
            host.advance(SECOND);
            Outcome replaced = wait.await();
            assertThat(status(replaced)).isEqualTo(401);
            assertThat(exchange.answerWith(replaced)).isEqualTo(Outcome.FORWARD);
        }
    }

    /** The request must not go on, although the plugin's own reply is dropped. */
    @Test
    void aCallbackThatRepliesAfterAnotherPluginEndsTheRequestToo() {
        try (TestHost host = TestHost.of(
                        recorder("front", replyAfter(1000, 401)).build(),
                        recorder("back", on(REQUEST_BODY, say("now"), reply(403, "no")))
                                .build(),
                        recorder("last", "").build());
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            host.when("now", () -> host.advance(SECOND));
            Outcome reply = exchange.lastRequestBody("abc");
            assertThat(status(reply)).isEqualTo(401);
            assertThat(host.newTrace()).doesNotContain("last: request_body");
            assertThat(exchange.answerWith(reply)).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.response().takeHeaders().get(":status")).isEqualTo("401");
        }
    }

    @Test
    void anAnswerOfTheHostIsTooLateAsWell() {
        try (TestHost host = TestHost.of(
                        recorder("front", replyAfter(1000, 401)).build(),
                        recorder("back", on(REQUEST_BODY, say("now"), trap()))
                                .failurePolicy(FailurePolicy.CLOSED)
                                .build());
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            host.when("now", () -> host.advance(SECOND));
            Outcome reply = exchange.lastRequestBody("abc");
            assertThat(status(reply)).isEqualTo(401);
            assertThat(exchange.answerWith(reply)).isEqualTo(Outcome.FORWARD);
        }
    }

    @Test
    void aReplyFromBehindAnotherIsShownToNobodyWhoSawThatOne() {
        try (TestHost host = TestHost.of(
                        recorder("answers", on(REQUEST_BODY, reply(403, "no"))).build(),
                        recorder("between", "").build(),
                        recorder("behind", replyAfter(1000, 500)).build());
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            HeaderMap first =
                    ((Outcome.Reply) exchange.lastRequestBody("abc")).response().headers();
            assertThat(exchange.stream().responseHeaders(first, false)).isEqualTo(Outcome.FORWARD);
            host.advance(SECOND);
            Outcome second = exchange.lastResponseBody("no");
            assertThat(status(second)).isEqualTo(500);
            host.newTrace();
            assertThat(exchange.answerWith(second)).isEqualTo(Outcome.FORWARD);
            assertThat(host.newTrace()).isEmpty();
            assertThat(exchange.response().takeHeaders().get(":status")).isEqualTo("500");
        }
    }

    /** The request goes on, and is answered, within the callback of a response that the application gave before it had it all. */
    @Test
    void aReplyToTheRequestThatAResponseResumesReplacesThatResponse() {
        try (TestHost host = TestHost.of(recorder(
                                "a",
                                on(REQUEST_HEADERS, pause())
                                        + on(RESPONSE_HEADERS, resumeRequest())
                                        + on(REQUEST_BODY, reply(403, "no")))
                        .build());
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            exchange.lastRequestBody("abc");
            Outcome reply = exchange.bodylessResponse();
            assertThat(status(reply)).isEqualTo(403);
            assertThat(exchange.answerWith(reply)).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.response().takeHeaders().get(":status")).isEqualTo("403");
        }
    }
}

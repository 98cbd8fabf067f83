package dev.proxywasm.internal.stream;

import static dev.proxywasm.internal.callback.Callback.CONFIGURE;
import static dev.proxywasm.internal.callback.Callback.REQUEST_BODY;
import static dev.proxywasm.internal.callback.Callback.REQUEST_HEADERS;
import static dev.proxywasm.internal.callback.Callback.REQUEST_TRAILERS;
import static dev.proxywasm.internal.callback.Callback.RESPONSE_BODY;
import static dev.proxywasm.internal.callback.Callback.RESPONSE_HEADERS;
import static dev.proxywasm.internal.callback.Callback.TICK;
import static dev.proxywasm.testing.Script.actOn;
import static dev.proxywasm.testing.Script.add;
import static dev.proxywasm.testing.Script.answer;
import static dev.proxywasm.testing.Script.atEnd;
import static dev.proxywasm.testing.Script.on;
import static dev.proxywasm.testing.Script.onlyIf;
import static dev.proxywasm.testing.Script.pause;
import static dev.proxywasm.testing.Script.reply;
import static dev.proxywasm.testing.Script.resumeRequest;
import static dev.proxywasm.testing.Script.resumeResponse;
import static dev.proxywasm.testing.Script.tickEvery;
import static dev.proxywasm.testing.TestHost.recorder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.Limits;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pause and resume. The resuming tick comes after a second of the test's own time. */
class PauseTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String TICKS = on(CONFIGURE, tickEvery(1000));
    private static final String TICK_RESUMES_REQUEST = TICKS + on(TICK, actOn(2), resumeRequest());
    private static final String TICK_RESUMES_RESPONSE = TICKS + on(TICK, actOn(2), resumeResponse());

    private static Outcome.Wait waiting(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Wait.class);
        return (Outcome.Wait) outcome;
    }

    @Test
    void holdsEverythingBehindPausedHeadersByDefault() throws InterruptedException {
        try (TestHost host = TestHost.of(recorder("a", on(REQUEST_HEADERS, pause()) + TICK_RESUMES_REQUEST)
                        .build());
                TestExchange exchange = host.post()) {
            waiting(exchange.requestHeaders());
            Outcome.Wait wait = waiting(exchange.lastRequestBody("abc"));
            assertThat(exchange.request().hasHeaders()).isFalse();
            host.newTrace();
            host.advance(SECOND);
            assertThat(wait.await()).isEqualTo(Outcome.FORWARD);
            assertThat(host.newTrace()).isEqualTo("tick 1\nrequest_body 2 3 1\n");
            assertThat(exchange.request().takeHeaders().get("content-length")).isEqualTo("3");
            assertThat(exchange.takeRequestBody()).isEqualTo("abc");
            assertThat(exchange.request().isComplete()).isTrue();
        }
    }

    @Test
    void showsTheBodyToAPluginThatHoldsHeadersAloneIfItsConfigurationSaysSo() {
        try (TestHost host = TestHost.of(recorder(
                                "a",
                                on(REQUEST_HEADERS, pause())
                                        + on(REQUEST_BODY, pause())
                                        + atEnd(REQUEST_BODY, answer(0), add(0, "x-judged", "yes")))
                        .allowOnHeadersStopIteration(true)
                        .build());
                TestExchange exchange = host.post()) {
            assertThat(exchange.requestHeaders()).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.requestBody("ab")).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.request().hasHeaders()).isFalse();
            assertThat(exchange.lastRequestBody("c")).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.request().takeHeaders().get("x-judged")).isEqualTo("yes");
            assertThat(exchange.takeRequestBody()).isEqualTo("abc");
        }
    }

    @Test
    void resumesABodyThatIsHeldAtItsEnd() throws InterruptedException {
        try (TestHost host = TestHost.of(recorder("a", on(RESPONSE_BODY, pause()) + TICK_RESUMES_RESPONSE)
                        .build());
                TestExchange exchange = host.get()) {
            exchange.bodylessRequest();
            exchange.responseHeaders();
            assertThat(exchange.responseBody("ab")).isEqualTo(Outcome.FORWARD);
            Outcome.Wait wait = waiting(exchange.lastResponseBody("c"));
            host.newTrace();
            host.advance(SECOND);
            assertThat(wait.await()).isEqualTo(Outcome.FORWARD);
            assertThat(host.newTrace()).isEqualTo("tick 1\n");
            assertThat(exchange.takeResponseBody()).isEqualTo("abc");
            assertThat(exchange.response().isComplete()).isTrue();
        }
    }

    @Test
    void resumesTrailersWithTheBodyHeldBefore() throws InterruptedException {
        try (TestHost host = TestHost.of(
                        recorder("a", on(REQUEST_BODY, pause()) + on(REQUEST_TRAILERS, pause()) + TICK_RESUMES_REQUEST)
                                .build());
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            exchange.requestBody("abc");
            Outcome.Wait wait = waiting(exchange.stream().requestTrailers(HeaderMap.of("x-t", "1")));
            assertThat(exchange.request().bodyAvailable()).isZero();
            host.advance(SECOND);
            assertThat(wait.await()).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.takeRequestBody()).isEqualTo("abc");
            assertThat(exchange.request().trailers().get("x-t")).isEqualTo("1");
        }
    }

    @Test
    void letsAResumeInTheSameCallbackWinOverItsPause() {
        try (TestHost host = TestHost.of(recorder(
                                "a",
                                on(REQUEST_HEADERS, resumeRequest(), pause())
                                        + on(REQUEST_BODY, resumeRequest(), pause())
                                        + on(REQUEST_TRAILERS, resumeRequest(), pause()))
                        .build());
                TestExchange exchange = host.post()) {
            assertThat(exchange.requestHeaders()).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.requestBody("abc")).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.stream().requestTrailers(HeaderMap.of("a", "b")))
                    .isEqualTo(Outcome.FORWARD);
            assertThat(exchange.request().isComplete()).isTrue();
        }
    }

    @Test
    void resumesFromACallbackOfAnotherExchange() throws InterruptedException {
        try (TestHost host = TestHost.of(recorder(
                                "a",
                                on(REQUEST_HEADERS, onlyIf("x-other"), actOn(2), resumeRequest())
                                        + on(REQUEST_BODY, pause()))
                        .build());
                TestExchange paused = host.post();
                TestExchange other = host.get("x-other", "1")) {
            paused.requestHeaders();
            Outcome.Wait wait = waiting(paused.lastRequestBody("abc"));
            assertThat(other.bodylessRequest()).isEqualTo(Outcome.FORWARD);
            assertThat(wait.await()).isEqualTo(Outcome.FORWARD);
            assertThat(paused.takeRequestBody()).isEqualTo("abc");
        }
    }

    @Test
    void forgetsAResumeThatMetNothingPaused() {
        try (TestHost host = TestHost.of(recorder("a", on(REQUEST_BODY, pause()) + TICK_RESUMES_REQUEST)
                        .build());
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            host.advance(SECOND);
            waiting(exchange.lastRequestBody("abc"));
        }
    }

    @Test
    void keepsTheOrderOfWhatWasHeldAndWhatCameAfterAResume() {
        try (TestHost host = TestHost.of(recorder(
                                "a",
                                on(REQUEST_HEADERS, pause())
                                        + on(REQUEST_BODY, pause())
                                        + atEnd(REQUEST_BODY, answer(0))
                                        + TICK_RESUMES_REQUEST)
                        .allowOnHeadersStopIteration(true)
                        .build());
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            exchange.requestBody("ab");
            host.advance(SECOND);
            assertThat(exchange.lastRequestBody("c")).isEqualTo(Outcome.FORWARD);
            assertThat(host.newTrace()).endsWith("request_body 2 2 0\ntick 1\nrequest_body 2 1 1\n");
            assertThat(exchange.request().hasHeaders()).isTrue();
            assertThat(exchange.takeRequestBody()).isEqualTo("abc");
            assertThat(exchange.request().isComplete()).isTrue();
        }
    }

    /** Whoever pushes is not told in between: no wait is under way. */
    @Test
    void letsAPartThatATickResumedGoOnWithTheNext() {
        try (TestHost host = TestHost.of(recorder(
                                "a",
                                on(RESPONSE_BODY, pause()) + atEnd(RESPONSE_BODY, answer(0)) + TICK_RESUMES_RESPONSE)
                        .build());
                TestExchange exchange = host.get()) {
            exchange.bodylessRequest();
            exchange.responseHeaders();
            assertThat(exchange.responseBody("ab")).isEqualTo(Outcome.FORWARD);
            host.advance(SECOND);
            assertThat(exchange.response().bodyAvailable()).isZero();
            assertThat(exchange.lastResponseBody("c")).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.takeResponseBody()).isEqualTo("abc");
        }
    }

    @Test
    void keepsTheOrderWhenTrailersComeAfterAResume() {
        try (TestHost host = TestHost.of(
                        recorder("a", on(REQUEST_HEADERS, pause()) + on(REQUEST_BODY, pause()) + TICK_RESUMES_REQUEST)
                                .allowOnHeadersStopIteration(true)
                                .build());
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            exchange.requestBody("ab");
            host.advance(SECOND);
            assertThat(exchange.stream().requestTrailers(HeaderMap.of("x-t", "1")))
                    .isEqualTo(Outcome.FORWARD);
            assertThat(exchange.takeRequestBody()).isEqualTo("ab");
            assertThat(exchange.request().trailers().size()).isEqualTo(1);
        }
    }

    @Test
    void answersGatewayTimeoutWhenAPauseOutlastsItsLimit() {
        Limits limits = Limits.builder().pauseTimeout(Duration.ofSeconds(3)).build();
        try (TestHost host = TestHost.of(recorder("a", on(REQUEST_HEADERS, pause()))
                        .limits(limits)
                        .build());
                TestExchange exchange = host.get()) {
            List<Outcome> outcomes = new ArrayList<>();
            waiting(exchange.bodylessRequest()).whenResumed(Runnable::run, outcomes::add);
            host.advance(Duration.ofMillis(2999));
            assertThat(outcomes).isEmpty();
            host.advance(Duration.ofMillis(1));
            assertThat(outcomes).hasSize(1);
            assertThat(exchange.answerWith(outcomes.get(0))).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.response().takeHeaders().get(":status")).isEqualTo("504");
        }
    }

    @Test
    void answersGatewayTimeoutToABlockedThread() throws InterruptedException {
        try (TestHost host =
                        TestHost.of(recorder("a", on(REQUEST_HEADERS, pause())).build());
                TestExchange exchange = host.get()) {
            Outcome.Wait wait = waiting(exchange.bodylessRequest());
            host.advance(Limits.DEFAULT.pauseTimeout());
            Outcome.Reply reply = (Outcome.Reply) wait.await();
            assertThat(reply.response().status()).isEqualTo(504);
            assertThat(reply.response().details()).isEqualTo("pause_timeout");
        }
    }

    @Test
    void answersGatewayTimeoutForAResponseToWhoStandsBehind() {
        try (TestHost host = TestHost.of(
                        recorder("front", "").build(),
                        recorder("back", on(RESPONSE_HEADERS, pause())).build());
                TestExchange exchange = host.get()) {
            exchange.bodylessRequest();
            List<Outcome> outcomes = new ArrayList<>();
            waiting(exchange.bodylessResponse()).whenResumed(Runnable::run, outcomes::add);
            host.newTrace();
            host.advance(Limits.DEFAULT.pauseTimeout());
            assertThat(exchange.answerWith(outcomes.get(0))).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.response().takeHeaders().get(":status")).isEqualTo("504");
            assertThat(host.newTrace()).startsWith("front: response_headers 2 ").doesNotContain("back: response");
        }
    }

    @Test
    void canBeAwaitedAgainAfterAnInterrupt() throws InterruptedException {
        try (TestHost host = TestHost.of(recorder("a", on(REQUEST_HEADERS, pause()) + TICK_RESUMES_REQUEST)
                        .build());
                TestExchange exchange = host.get()) {
            Outcome.Wait wait = waiting(exchange.bodylessRequest());
            Thread.currentThread().interrupt();
            assertThatThrownBy(wait::await).isInstanceOf(InterruptedException.class);
            host.advance(SECOND);
            assertThat(wait.await()).isEqualTo(Outcome.FORWARD);
        }
    }

    @Test
    void callsBackOnceWhenResumedByATick() {
        try (TestHost host = TestHost.of(recorder("a", on(REQUEST_HEADERS, pause()) + TICK_RESUMES_REQUEST)
                        .build());
                TestExchange exchange = host.get()) {
            List<Outcome> outcomes = new ArrayList<>();
            waiting(exchange.bodylessRequest()).whenResumed(Runnable::run, outcomes::add);
            host.advance(SECOND);
            host.advance(Limits.DEFAULT.pauseTimeout());
            assertThat(outcomes).containsExactly(Outcome.FORWARD);
            assertThat(exchange.request().isComplete()).isTrue();
        }
    }

    @Test
    void endsTheWaitOfAStreamThatIsClosed() throws InterruptedException {
        try (TestHost host =
                TestHost.of(recorder("a", on(REQUEST_HEADERS, pause())).build())) {
            TestExchange exchange = host.get();
            List<Outcome> outcomes = new ArrayList<>();
            Outcome.Wait wait = waiting(exchange.bodylessRequest());
            wait.whenResumed(Runnable::run, outcomes::add);
            exchange.close();
            host.runDue();
            assertThat(outcomes).singleElement().isInstanceOf(Outcome.Abort.class);
            assertThat(wait.await()).isInstanceOf(Outcome.Abort.class);
        }
    }

    @Test
    void wakesBothDirectionsWhenBothWait() {
        try (TestHost host = TestHost.of(recorder(
                                "a",
                                on(REQUEST_BODY, pause())
                                        + on(RESPONSE_HEADERS, pause())
                                        + TICKS
                                        + on(TICK, actOn(2), resumeRequest(), resumeResponse()))
                        .build());
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            List<Outcome> outcomes = new ArrayList<>();
            waiting(exchange.lastRequestBody("abc")).whenResumed(Runnable::run, outcomes::add);
            waiting(exchange.bodylessResponse()).whenResumed(Runnable::run, outcomes::add);
            host.advance(SECOND);
            assertThat(outcomes).containsExactly(Outcome.FORWARD, Outcome.FORWARD);
        }
    }

    @Test
    void answersForAPluginThatRepliesFromATickWhileItHoldsTheResponse() throws InterruptedException {
        try (TestHost host = TestHost.of(
                        recorder("front", "").build(),
                        recorder("back", on(RESPONSE_HEADERS, pause()) + TICKS + on(TICK, actOn(2), reply(418, "tea")))
                                .build());
                TestExchange exchange = host.get()) {
            exchange.bodylessRequest();
            Outcome.Wait wait = waiting(exchange.bodylessResponse());
            host.advance(SECOND);
            assertThat(exchange.answerWith(wait.await())).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.response().takeHeaders().get(":status")).isEqualTo("418");
            assertThat(exchange.takeResponseBody()).isEqualTo("tea");
        }
    }

    @Test
    void doesNotLetAReplyGoTwiceWhenItsPluginResumesAfterwards() throws InterruptedException {
        try (TestHost host = TestHost.of(recorder(
                                "a",
                                on(RESPONSE_HEADERS, pause())
                                        + TICKS
                                        + on(TICK, actOn(2), onlyIf("x-reply"), reply(418, "tea")))
                        .build());
                TestExchange exchange = host.get("x-reply", "1")) {
            exchange.bodylessRequest();
            Outcome.Wait wait = waiting(exchange.responseHeaders());
            host.advance(SECOND);
            assertThat(exchange.answerWith(wait.await())).isEqualTo(Outcome.FORWARD);
            host.advance(SECOND);
            assertThat(exchange.takeResponseBody()).isEqualTo("tea");
        }
    }
}

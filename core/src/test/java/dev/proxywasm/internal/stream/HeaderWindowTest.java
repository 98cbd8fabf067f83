package dev.proxywasm.internal.stream;

import static dev.proxywasm.internal.callback.Callback.CONFIGURE;
import static dev.proxywasm.internal.callback.Callback.LOG;
import static dev.proxywasm.internal.callback.Callback.REQUEST_BODY;
import static dev.proxywasm.internal.callback.Callback.REQUEST_HEADERS;
import static dev.proxywasm.internal.callback.Callback.REQUEST_TRAILERS;
import static dev.proxywasm.internal.callback.Callback.RESPONSE_HEADERS;
import static dev.proxywasm.internal.callback.Callback.TICK;
import static dev.proxywasm.testing.Script.actOn;
import static dev.proxywasm.testing.Script.add;
import static dev.proxywasm.testing.Script.atEnd;
import static dev.proxywasm.testing.Script.on;
import static dev.proxywasm.testing.Script.pause;
import static dev.proxywasm.testing.Script.reply;
import static dev.proxywasm.testing.Script.resumeRequest;
import static dev.proxywasm.testing.Script.show;
import static dev.proxywasm.testing.Script.tickEvery;
import static dev.proxywasm.testing.TestHost.recorder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a guest may read and change headers and trailers. */
class HeaderWindowTest {

    private static final String BAD_ARGUMENT = "status 2\n";

    @Test
    void refusesToChangeRequestHeadersThatWereSentOn() {
        try (TestHost host = TestHost.of(recorder(
                        "a",
                        on(REQUEST_HEADERS, add(0, "x-a", "1"))
                                + on(REQUEST_BODY, add(0, "x-b", "2"))
                                + on(RESPONSE_HEADERS, add(0, "x-c", "3"), show(0, "x-a"))
                                + on(LOG, show(0, "x-a"), show(2, ":status"), add(2, "x-d", "4")))
                .build())) {
            TestExchange exchange = host.post();
            host.newTrace();
            exchange.requestHeaders();
            exchange.lastRequestBody("abc");
            exchange.bodylessResponse();
            exchange.close();
            assertThat(host.newTrace())
                    .isEqualTo("context_create 2 1\nrequest_headers 2 4 0\nrequest_body 2 3 1\n" + BAD_ARGUMENT
                            + "response_headers 2 1 1\n" + BAD_ARGUMENT + "1\ndone 2\nlog 2\n1\n200\n" + BAD_ARGUMENT
                            + "delete 2\n");
        }
    }

    /** As in Envoy: the SDK for Rust panics on any other status than that. */
    @Test
    void aMapThatNeverCameHasNoNamesInTheLog() {
        try (TestHost host = TestHost.of(recorder("a", on(LOG, show(2, ":status"), show(3, "grpc-status")))
                .build())) {
            TestExchange exchange = host.get();
            exchange.bodylessRequest();
            host.newTrace();
            exchange.close();
            assertThat(host.newTrace()).isEqualTo("done 2\nlog 2\nstatus 1\nstatus 1\ndelete 2\n");
        }
    }

    @Test
    void changesHeadersWhileTheyAreHeld() throws InterruptedException {
        try (TestHost host = TestHost.of(recorder(
                                "a",
                                on(CONFIGURE, tickEvery(1000))
                                        + on(REQUEST_HEADERS, pause())
                                        + on(TICK, actOn(2), add(0, "x-a", "1"), resumeRequest()))
                        .build());
                TestExchange exchange = host.get()) {
            Outcome.Wait wait = (Outcome.Wait) exchange.bodylessRequest();
            host.advance(Duration.ofSeconds(1));
            assertThat(wait.await()).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.request().takeHeaders().get("x-a")).isEqualTo("1");
        }
    }

    @Test
    void refusesToChangeHeadersThatHaveNotComeToAPluginYet() {
        try (TestHost host = TestHost.of(
                        recorder("front", on(CONFIGURE, tickEvery(1000)) + on(TICK, actOn(2), add(2, "x-a", "1")))
                                .build(),
                        recorder("back", on(RESPONSE_HEADERS, pause())).build());
                TestExchange exchange = host.get()) {
            exchange.bodylessRequest();
            exchange.bodylessResponse();
            host.newTrace();
            host.advance(Duration.ofSeconds(1));
            assertThat(host.newTrace()).isEqualTo("front: tick 1\nfront: " + BAD_ARGUMENT);
        }
    }

    @Test
    void refusesToChangeAReplyThatDoesNotPassThePluginAgain() {
        try (TestHost host = TestHost.of(recorder(
                        "a",
                        on(RESPONSE_HEADERS, reply(500, ""))
                                + on(LOG, add(2, "x-a", "1"), add(3, "x-t", "1"), show(2, ":status")))
                .build())) {
            TestExchange exchange = host.get();
            exchange.bodylessRequest();
            assertThat(exchange.answerWith(exchange.bodylessResponse())).isEqualTo(Outcome.FORWARD);
            host.newTrace();
            exchange.close();
            assertThat(host.newTrace()).isEqualTo("done 2\nlog 2\n" + BAD_ARGUMENT + BAD_ARGUMENT + "500\ndelete 2\n");
        }
    }

    @Test
    void createsTrailersInTheLastBodyCallback() {
        try (TestHost host = TestHost.of(
                        recorder("first", atEnd(REQUEST_BODY, add(1, "x-sum", "6")))
                                .build(),
                        recorder("second", on(REQUEST_TRAILERS, show(1, "x-sum")))
                                .build());
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            exchange.requestBody("abc");
            host.newTrace();
            assertThat(exchange.lastRequestBody("def")).isEqualTo(Outcome.FORWARD);
            assertThat(host.newTrace())
                    .isEqualTo(
                            """
                            first: request_body 2 3 1
                            second: request_body 2 3 0
                            second: request_trailers 2 1
                            second: 6
                            """);
            assertThat(exchange.request().trailers().get("x-sum")).isEqualTo("6");
            assertThat(exchange.request().isComplete()).isTrue();
        }
    }

    @Test
    void refusesTrailersBeforeTheLastBodyCallback() {
        try (TestHost host = TestHost.of(
                        recorder("a", on(REQUEST_BODY, add(1, "x-sum", "6"))).build());
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            host.newTrace();
            exchange.requestBody("abc");
            assertThat(host.newTrace()).isEqualTo("request_body 2 3 0\n" + BAD_ARGUMENT);
        }
    }
}

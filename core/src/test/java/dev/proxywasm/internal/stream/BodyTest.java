package dev.proxywasm.internal.stream;

import static dev.proxywasm.internal.callback.Callback.REQUEST_BODY;
import static dev.proxywasm.internal.callback.Callback.REQUEST_HEADERS;
import static dev.proxywasm.internal.callback.Callback.RESPONSE_BODY;
import static dev.proxywasm.internal.callback.Callback.RESPONSE_HEADERS;
import static dev.proxywasm.testing.Script.answer;
import static dev.proxywasm.testing.Script.atEnd;
import static dev.proxywasm.testing.Script.on;
import static dev.proxywasm.testing.Script.onlyIf;
import static dev.proxywasm.testing.Script.pause;
import static dev.proxywasm.testing.Script.setRequestBody;
import static dev.proxywasm.testing.Script.setResponseBody;
import static dev.proxywasm.testing.Script.showRequestBody;
import static dev.proxywasm.testing.TestHost.recorder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.Limits;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies as guests see, hold and change them. */
class BodyTest {

    private static final Limits FOUR_BYTES = Limits.builder()
            .requestBodyBufferBytes(4)
            .responseBodyBufferBytes(4)
            .build();

    /** Every case of replacing a range, on the body "abcdef". */
    @ParameterizedTest
    @CsvSource({
        "prepend,               0, 0,          12, 12abcdef",
        "replace all,           0, 6,          12, 12",
        "replace all and more,  0, 4294967295, 12, 12",
        "replace the prefix,    0, 2,          12, 12cdef",
        "append at the end,     6, 0,          12, abcdef12",
        "append beyond the end, 2147483647, 0, 12, abcdef12",
        "append at the maximum, 4294967295, 4294967295, 12, abcdef12",
        "inject,                2, 0,          12, ab12cdef",
        "replace inside,        2, 2,          12, ab12ef",
        "replace the tail,      4, 9,          12, abcd12",
        "delete a prefix,       0, 2,          '', cdef",
        "delete inside,         2, 2,          '', abef",
        "delete all,            0, 4294967295, '', ''",
    })
    void replacesARange(String name, long start, long size, String value, String expected) {
        String script = on(REQUEST_BODY, setRequestBody(start, size, value))
                + on(RESPONSE_BODY, setResponseBody(start, size, value));
        try (TestHost host = TestHost.of(recorder("a", script).build());
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            assertThat(exchange.lastRequestBody("abcdef")).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.request().takeHeaders().get("content-length"))
                    .isEqualTo(Integer.toString(expected.length()));
            assertThat(exchange.takeRequestBody()).as(name).isEqualTo(expected);
            exchange.responseHeaders("content-length", "6");
            assertThat(exchange.lastResponseBody("abcdef")).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.response().takeHeaders().get("content-length"))
                    .isEqualTo(Integer.toString(expected.length()));
            assertThat(exchange.takeResponseBody()).as(name).isEqualTo(expected);
            assertThat(host.newTrace()).doesNotContain("status");
        }
    }

    @Test
    void setsAnEmptyBody() {
        try (TestHost host = TestHost.of(recorder("a", on(REQUEST_BODY, setRequestBody(0, 0, "new")))
                        .build());
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            exchange.lastRequestBody("");
            assertThat(exchange.takeRequestBody()).isEqualTo("new");
        }
    }

    @Test
    void showsAllThatWasHeldAndOnlyTheChunkAfterContinue() {
        String script = on(REQUEST_BODY, onlyIf("x-hold"), pause())
                + atEnd(REQUEST_BODY, onlyIf("x-hold"), answer(0), showRequestBody());
        try (TestHost host = TestHost.of(recorder("a", script).build());
                TestExchange holding = host.post("x-hold", "1");
                TestExchange passing = host.post()) {
            holding.requestHeaders();
            passing.requestHeaders();
            host.newTrace();
            for (TestExchange exchange : new TestExchange[] {holding, passing}) {
                exchange.requestBody("ab");
                exchange.requestBody("cde");
                exchange.lastRequestBody("f");
                assertThat(exchange.takeRequestBody()).isEqualTo("abcdef");
            }
            assertThat(host.newTrace())
                    .isEqualTo(
                            """
                            request_body 2 2 0
                            request_body 2 5 0
                            request_body 2 6 1
                            abcdef
                            request_body 3 2 0
                            request_body 3 3 0
                            request_body 3 1 1
                            """);
        }
    }

    @Test
    void throttlesInsteadOfFailingForStatusTwo() {
        try (TestHost host = TestHost.of(recorder("a", on(REQUEST_BODY, answer(2)) + atEnd(REQUEST_BODY, answer(0)))
                        .limits(FOUR_BYTES)
                        .build());
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            assertThat(exchange.requestBody("abc")).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.requestBody("d")).isInstanceOf(Outcome.Wait.class);
        }
    }

    @Test
    void dropsTheChunkForStatusThree() {
        try (TestHost host = TestHost.of(recorder("a", on(REQUEST_BODY, answer(3)) + atEnd(REQUEST_BODY, answer(0)))
                        .build());
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            exchange.requestBody("abc");
            exchange.lastRequestBody("def");
            assertThat(exchange.takeRequestBody()).isEqualTo("def");
        }
    }

    @ParameterizedTest
    @CsvSource({"5", "99", "-3"})
    void takesUnknownAnswersForThePauseThatKeepsNothing(int answer) {
        int unsigned = answer;
        try (TestHost host = TestHost.of(recorder("a", on(REQUEST_BODY, "a" + Integer.toUnsignedString(unsigned)))
                        .build());
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            assertThat(exchange.requestBody("abc")).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.takeRequestBody()).isEmpty();
        }
    }

    @Test
    void holdsARequestBodyUpToItsLimitAndAnswersPayloadTooLargeBeyond() {
        try (TestHost host = TestHost.of(recorder("a", on(REQUEST_BODY, pause()) + atEnd(REQUEST_BODY, answer(0)))
                .limits(FOUR_BYTES)
                .build())) {
            try (TestExchange exact = host.post()) {
                exact.requestHeaders();
                assertThat(exact.requestBody("abcd")).isEqualTo(Outcome.FORWARD);
                assertThat(exact.lastRequestBody("")).isEqualTo(Outcome.FORWARD);
                assertThat(exact.takeRequestBody()).isEqualTo("abcd");
            }
            try (TestExchange more = host.post()) {
                more.requestHeaders();
                more.requestBody("abcd");
                host.newTrace();
                Outcome outcome = more.requestBody("e");
                assertThat(((Outcome.Reply) outcome).response().status()).isEqualTo(413);
                assertThat(more.answerWith(outcome)).isEqualTo(Outcome.FORWARD);
                assertThat(more.response().takeHeaders().get(":status")).isEqualTo("413");
            }
        }
    }

    @Test
    void letsChunksBeyondTheLimitPassThatAreNotHeld() {
        try (TestHost host = TestHost.of(recorder("a", "").limits(FOUR_BYTES).build());
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            assertThat(exchange.lastRequestBody("abcdef")).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.takeRequestBody()).isEqualTo("abcdef");
        }
    }

    @Test
    void answersServerErrorForAResponseBodyThatIsHeldBeyondItsLimit() {
        try (TestHost host = TestHost.of(recorder("a", on(RESPONSE_BODY, pause()))
                        .limits(FOUR_BYTES)
                        .build());
                TestExchange exchange = host.get()) {
            exchange.bodylessRequest();
            exchange.responseHeaders();
            exchange.responseBody("abcd");
            Outcome outcome = exchange.responseBody("e");
            assertThat(((Outcome.Reply) outcome).response().status()).isEqualTo(500);
            assertThat(exchange.answerWith(outcome)).isEqualTo(Outcome.FORWARD);
        }
    }

    @Test
    void abortsForAResponseBodyThatIsHeldBeyondItsLimitAfterItsHeadersWereSent() {
        try (TestHost host = TestHost.of(recorder("a", on(RESPONSE_BODY, pause()))
                        .limits(FOUR_BYTES)
                        .build());
                TestExchange exchange = host.get()) {
            exchange.bodylessRequest();
            exchange.responseHeaders("content-length", "5");
            assertThat(exchange.response().takeHeaders().contains("content-length"))
                    .isFalse();
            exchange.responseBody("abcd");
            assertThat(exchange.responseBody("e")).isInstanceOf(Outcome.Abort.class);
        }
    }

    @Test
    void givesABodyToAMessageThatHasNone() {
        try (TestHost host = TestHost.of(
                        recorder("first", atEnd(REQUEST_HEADERS, setRequestBody(0, 0, "abc")))
                                .build(),
                        recorder("second", "").build());
                TestExchange exchange = host.post()) {
            host.newTrace();
            assertThat(exchange.bodylessRequest()).isEqualTo(Outcome.FORWARD);
            assertThat(host.newTrace())
                    .endsWith("second: request_headers 2 4 0\nsecond: request_body 2 3 1\n")
                    .doesNotContain("status");
            assertThat(exchange.request().takeHeaders().get("content-length")).isEqualTo("3");
            assertThat(exchange.takeRequestBody()).isEqualTo("abc");
            assertThat(exchange.request().isComplete()).isTrue();
        }
    }

    /** No plugin looks at bodies, so the server pushes none, and keeps what it was told of their length. */
    @Test
    void saysTheLengthOfABodyThatAPluginWithoutBodyCallbacksGives() {
        String guest =
                """
                (module
                  (import "env" "proxy_set_buffer_bytes" (func $set (param i32 i32 i32 i32 i32) (result i32)))
                  (memory (export "memory") 1)
                  (data (i32.const 0) "given")
                  (func (export "proxy_abi_version_0_2_1"))
                  (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))
                  (func (export "proxy_on_response_headers") (param i32 i32 i32) (result i32)
                    (call $set (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 5))))
                """;
        try (TestHost host = TestHost.of(PluginConfig.builder("p", guest).build());
                TestExchange exchange = host.get()) {
            exchange.bodylessRequest();
            assertThat(exchange.bodylessResponse("content-length", "0")).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.response().takeHeaders().getAll("content-length"))
                    .containsExactly("5");
            assertThat(exchange.takeResponseBody()).isEqualTo("given");
        }
    }

    @Test
    void hidesTheBodyOutsideOfItsCallbacks() {
        try (TestHost host = TestHost.of(
                        recorder("a", on(REQUEST_HEADERS, showRequestBody()) + on(RESPONSE_HEADERS, showRequestBody()))
                                .build());
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            exchange.lastRequestBody("abc");
            exchange.bodylessResponse();
            assertThat(host.newTrace())
                    .contains("request_headers 2 4 0\nstatus 1\n", "response_headers 2 1 1\nstatus 1\n");
        }
    }

    @Test
    void keepsTheContentLengthOfAnAnswerToHead() {
        try (TestHost host = TestHost.of(recorder("a", "").build());
                TestExchange exchange = host.get()) {
            exchange.bodylessRequest();
            exchange.bodylessResponse("content-length", "1234");
            assertThat(exchange.response().takeHeaders().get("content-length")).isEqualTo("1234");
        }
    }

    @Test
    void promisesNoLengthWhileABodyMayStillChange() {
        try (TestHost host = TestHost.of(recorder("a", "").build());
                TestExchange exchange = host.get()) {
            exchange.bodylessRequest();
            exchange.responseHeaders("content-length", "6");
            exchange.responseBody("abc");
            assertThat(exchange.response().takeHeaders().contains("content-length"))
                    .isFalse();
        }
    }

    @Test
    void promisesNoLengthToAMessageWithTrailers() {
        try (TestHost host = TestHost.of(recorder("a", "").build());
                TestExchange exchange = host.get()) {
            exchange.bodylessRequest();
            exchange.responseHeaders("content-length", "3");
            exchange.responseBody("abc");
            exchange.stream().responseTrailers(HeaderMap.of("x-t", "1"));
            assertThat(exchange.response().takeHeaders().contains("content-length"))
                    .isFalse();
            assertThat(exchange.takeResponseBody()).isEqualTo("abc");
            assertThat(exchange.response().trailers().get("x-t")).isEqualTo("1");
        }
    }

    @Test
    void saysZeroForABodyThatWasEmptied() {
        try (TestHost host = TestHost.of(recorder(
                                "a",
                                on(RESPONSE_HEADERS, pause())
                                        + on(RESPONSE_BODY, pause())
                                        + atEnd(RESPONSE_BODY, setResponseBody(0, 99, ""), answer(0)))
                        .allowOnHeadersStopIteration(true)
                        .build());
                TestExchange exchange = host.get()) {
            exchange.bodylessRequest();
            exchange.responseHeaders("content-length", "3");
            exchange.lastResponseBody("abc");
            assertThat(exchange.response().takeHeaders().get("content-length")).isEqualTo("0");
            assertThat(exchange.response().isComplete()).isTrue();
        }
    }
}

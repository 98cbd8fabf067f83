package dev.proxywasm.internal.stream;

import static dev.proxywasm.internal.callback.Callback.CONFIGURE;
import static dev.proxywasm.internal.callback.Callback.REQUEST_BODY;
import static dev.proxywasm.internal.callback.Callback.RESPONSE_HEADERS;
import static dev.proxywasm.internal.callback.Callback.TICK;
import static dev.proxywasm.testing.Script.actOn;
import static dev.proxywasm.testing.Script.answer;
import static dev.proxywasm.testing.Script.atEnd;
import static dev.proxywasm.testing.Script.on;
import static dev.proxywasm.testing.Script.pause;
import static dev.proxywasm.testing.Script.resumeRequest;
import static dev.proxywasm.testing.Script.resumeResponse;
import static dev.proxywasm.testing.Script.say;
import static dev.proxywasm.testing.Script.tickEvery;
import static dev.proxywasm.testing.TestHost.recorder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Plugins that resume by a tick in the midst of a callback of another one: the tick comes when that one says {@code now}. */
class OvertakingTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String NOW = "now";

    private static PluginConfig plugin(String name, String... script) {
        return recorder(name, String.join("", script)).build();
    }

    private static String resumesEvery(int millis, String resume) {
        return on(CONFIGURE, tickEvery(millis)) + on(TICK, actOn(2), resume);
    }

    @Test
    void aPartThatIsLetGoDoesNotOvertakeTheOneOnItsWay() throws InterruptedException {
        try (TestHost host = TestHost.of(
                        plugin("holds-the-last", atEnd(REQUEST_BODY, pause()), resumesEvery(2000, resumeRequest())),
                        plugin(
                                "holds-the-first",
                                on(REQUEST_BODY, pause()),
                                atEnd(REQUEST_BODY, answer(0)),
                                resumesEvery(1000, resumeRequest())),
                        plugin("speaks", on(REQUEST_BODY, say(NOW))),
                        plugin("has-news", resumesEvery(2000, resumeRequest())));
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            exchange.requestBody("first ");
            Outcome.Wait wait = (Outcome.Wait) exchange.lastRequestBody("last");
            host.when(NOW, () -> host.advance(SECOND));
            host.advance(SECOND);

            assertThat(wait.await()).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.takeRequestBody()).isEqualTo("first last");
            assertThat(exchange.request().isComplete()).isTrue();
        }
    }

    @Test
    void aResumeThatComesBeforeThePauseHasBegunIsNotLost() {
        try (TestHost host = TestHost.of(
                        plugin(
                                "pauses",
                                on(REQUEST_BODY, pause()),
                                on(RESPONSE_HEADERS, resumeRequest(), pause()),
                                resumesEvery(1000, resumeResponse())),
                        plugin("speaks", on(REQUEST_BODY, say(NOW))),
                        plugin("has-news", resumesEvery(1000, resumeRequest())));
                TestExchange exchange = host.post()) {
            exchange.requestHeaders();
            exchange.lastRequestBody("abc");
            host.when(NOW, () -> host.advance(SECOND));

            assertThat(exchange.bodylessResponse()).isEqualTo(Outcome.FORWARD);
            assertThat(exchange.response().hasHeaders()).isTrue();
            assertThat(exchange.takeRequestBody()).isEqualTo("abc");
        }
    }
}

package dev.proxywasm.it.guests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proxywasm.http.Outcome;
import dev.proxywasm.testing.TestExchange;
import org.junit.jupiter.api.Test;

/** The life of a guest: how it begins, sleeps and ends. */
interface LifeCases extends GuestCases {

    @Test
    default void staticInitialisersHaveRun() throws Exception {
        needs(Lack.STATIC_INITIALISERS);
        assertThat(host().pass("initialised").get("x-initialised")).isEqualTo("by a static initialiser");
    }

    @Test
    default void aGoroutineThatSleepsWakes() throws Exception {
        needs(Lack.GOROUTINES);
        assertThat(host().pass("sleep").get("x-slept")).isEqualTo("true");
    }

    /** The policy is closed; the next request has another VM, in which the plugin has started again. */
    @Test
    default void aGuestThatStopsSaysWhyAndIsReplaced() throws Exception {
        stops("stop", "the guest stops on purpose");
        if (can(Lack.STANDARD_ERROR)) {
            assertThat(host().logged()).contains("the guest says why");
        }
    }

    /** Whoever waits for that VM gets the policy's answer too. */
    @Test
    default void aGuestThatStopsInACallbackIsReplaced() throws Exception {
        stops("call-stop", "the guest stops in a callback on purpose");
    }

    private void stops(String subject, String reason) throws Exception {
        try (TestExchange exchange = host().open(subject, "x-upstream", "http")) {
            Outcome.Reply reply = (Outcome.Reply) GuestHost.await(exchange.bodylessRequest());
            assertThat(reply.response().status()).isEqualTo(503);
        }
        assertThat(host().logged()).contains(reason);
        await().untilAsserted(() -> assertThat(passes()).isTrue());
        assertThat(host().pass("tick").get("x-ticks")).isEqualTo("true");
    }

    /** After a second failure the plugin is not started again at once. */
    private boolean passes() {
        try (TestExchange exchange = host().open("nothing")) {
            return exchange.bodylessRequest() == Outcome.FORWARD;
        }
    }
}

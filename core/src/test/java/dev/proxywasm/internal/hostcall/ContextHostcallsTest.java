package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.abi.Status;
import dev.proxywasm.testing.Spec;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small concerns: contexts, clock and timer. */
class ContextHostcallsTest {

    private final FakeGuest guest = new FakeGuest();

    @Test
    @Spec("0.2.1#proxy_set_effective_context OK")
    void choosesALiveContext() {
        assertThat(guest.call("proxy_set_effective_context", 17)).isEqualTo(Status.OK);
        assertThat(guest.scope.effectiveContext).isEqualTo(17);
    }

    @Test
    @Spec("0.2.1#proxy_set_effective_context BAD_ARGUMENT")
    void answersBadArgumentForAnUnknownContext() {
        assertThat(guest.call("proxy_set_effective_context", 99)).isEqualTo(Status.BAD_ARGUMENT);
    }

    @Test
    @Spec("0.2.1#proxy_done OK")
    void endsARootContextThatWaits() {
        guest.scope.awaitsDone = true;

        assertThat(guest.call("proxy_done")).isEqualTo(Status.OK);
    }

    @Test
    @Spec("0.2.1#proxy_done NOT_FOUND")
    void answersNotFoundWhereNothingWaitsForDone() {
        assertThat(guest.call("proxy_done")).isEqualTo(Status.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 0xFFFFFFFFL})
    @Spec("0.2.1#proxy_set_tick_period_milliseconds OK")
    void setsTheTickPeriodAsAnUnsignedNumber(long period) {
        assertThat(guest.call("proxy_set_tick_period_milliseconds", period)).isEqualTo(Status.OK);
        assertThat(guest.scope.tickPeriodMillis).isEqualTo(period);
    }

    @Test
    @Spec("0.2.1#proxy_get_current_time_nanoseconds OK")
    void answersTheTimeInAllEightBytes() {
        assertThat(guest.call("proxy_get_current_time_nanoseconds", RESULT_0)).isEqualTo(Status.OK);
        assertThat(guest.scope.memory.readI64(RESULT_0))
                .isEqualTo(TimeUnit.SECONDS.toNanos(1_700_000_000) + 123_456_789);
    }
}

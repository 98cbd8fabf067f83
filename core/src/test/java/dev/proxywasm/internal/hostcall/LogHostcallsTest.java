package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.Limits;
import dev.proxywasm.abi.LogLevel;
import dev.proxywasm.abi.Status;
import dev.proxywasm.testing.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogHostcallsTest {

    private final FakeGuest guest = new FakeGuest();

    @ParameterizedTest
    @EnumSource(LogLevel.class)
    void logsAtTheGivenLevel(LogLevel level) {
        assertThat(guest.call("proxy_log", level.ordinal(), guest.text("tea"))).isEqualTo(Status.OK);
        assertThat(guest.scope.log).containsExactly(level + " tea");
    }

    @ParameterizedTest
    @ValueSource(ints = {6, -1})
    @Spec("0.2.1#proxy_log BAD_ARGUMENT")
    void answersBadArgumentForALevelThatDoesNotExist(int level) {
        assertThat(guest.call("proxy_log", level, guest.text("tea"))).isEqualTo(Status.BAD_ARGUMENT);
        assertThat(guest.scope.log).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CallPhase.class)
    @Spec("0.2.1#proxy_log OK")
    void isUsableAtAllTimes(CallPhase phase) {
        guest.scope.phase = phase;

        assertThat(guest.call("proxy_log", 2, guest.text("tea"))).isEqualTo(Status.OK);
    }

    @Test
    void fetchesNoMoreThanTheLogShows() {
        guest.scope.limit(Limits.builder().logLineBytes(80));

        assertThat(guest.call("proxy_log", 2, guest.text("x".repeat(5000)))).isEqualTo(Status.OK);
        assertThat(guest.scope.log).containsExactly("INFO " + "x".repeat(84));
    }

    @Test
    @Spec("0.2.1#proxy_get_log_level OK")
    void answersTheLeastSevereLevelThatShows() {
        guest.scope.logLevel = LogLevel.ERROR;

        assertThat(guest.call("proxy_get_log_level", RESULT_0)).isEqualTo(Status.OK);
        assertThat(guest.u32(RESULT_0)).isEqualTo(4);
    }
}

package dev.proxywasm.internal.vm;

import static dev.proxywasm.internal.callback.Callback.CONFIGURE;
import static dev.proxywasm.internal.callback.Callback.REQUEST_HEADERS;
import static dev.proxywasm.internal.callback.Callback.TICK;
import static dev.proxywasm.testing.Script.actOn;
import static dev.proxywasm.testing.Script.on;
import static dev.proxywasm.testing.Script.onlyIf;
import static dev.proxywasm.testing.Script.tickEvery;
import static dev.proxywasm.testing.TestHost.recorder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.testing.ManualScheduler;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ticks: one timer, whoever sets it, whenever. */
class TickTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final String EACH_SECOND = on(CONFIGURE, tickEvery(1000));

    @Test
    void ticksOnceAPeriodAfterATickHasSetThePeriod() {
        String script = EACH_SECOND + on(TICK, actOn(2), onlyIf("x-set"), tickEvery(1000));
        try (TestHost host = TestHost.of(recorder("a", script).build())) {
            try (TestExchange exchange = host.get("x-set", "1")) {
                exchange.bodylessRequest();
                host.advance(SECOND);
            }
            host.newTrace();
            host.advance(SECOND.multipliedBy(3));
            assertThat(host.newTrace().lines().filter("tick 1"::equals)).hasSize(3);
        }
    }

    @Test
    void aTickCanStopTheTimerAndARequestCanSetItAgain() {
        String script = EACH_SECOND + on(TICK, tickEvery(0)) + on(REQUEST_HEADERS, tickEvery(500));
        try (TestHost host = TestHost.of(recorder("a", script).build())) {
            host.advance(SECOND.multipliedBy(3));
            assertThat(host.newTrace()).containsOnlyOnce("tick 1\n");
            host.get().bodylessRequest();
            host.newTrace();
            host.advance(SECOND.multipliedBy(3));
            assertThat(host.newTrace()).isEqualTo("tick 1\n");
        }
    }

    @Test
    void aTickThatWasOnItsWayIsNotMadeWhenTheTimerIsSet() {
        ManualScheduler time = new ManualScheduler();
        ArrayDeque<Integer> onTheirWay = new ArrayDeque<>();
        TickTimer timer = new TickTimer(time, onTheirWay::add);
        List<Integer> made = new ArrayList<>();
        timer.setPeriodMillis(1);
        for (int i = 0; i < 10; i++) {
            time.advance(Duration.ofMillis(1));
            timer.setPeriodMillis(1);
        }
        assertThat(onTheirWay).hasSize(10).noneMatch(timer::isDue);
        time.advance(Duration.ofMillis(1));
        for (int winding : onTheirWay) {
            if (timer.isDue(winding)) {
                made.add(winding);
                timer.rewind(winding);
            }
        }
        assertThat(made).hasSize(1);
        assertThat(time.pending()).isEqualTo(1);
    }

    @Test
    void aTimerThatStandsStillIsNotWoundAgain() {
        ManualScheduler time = new ManualScheduler();
        ArrayDeque<Integer> onTheirWay = new ArrayDeque<>();
        TickTimer timer = new TickTimer(time, onTheirWay::add);
        timer.setPeriodMillis(1);
        time.advance(Duration.ofMillis(1));
        timer.stop();
        timer.rewind(onTheirWay.element());
        assertThat(timer.isDue(onTheirWay.element())).isFalse();
        assertThat(time.pending()).isZero();
    }
}

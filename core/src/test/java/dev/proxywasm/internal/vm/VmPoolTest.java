package dev.proxywasm.internal.vm;

import static dev.proxywasm.internal.callback.Callback.CONFIGURE;
import static dev.proxywasm.internal.callback.Callback.DONE;
import static dev.proxywasm.internal.callback.Callback.REQUEST_HEADERS;
import static dev.proxywasm.internal.callback.Callback.TICK;
import static dev.proxywasm.testing.Script.answer;
import static dev.proxywasm.testing.Script.done;
import static dev.proxywasm.testing.Script.on;
import static dev.proxywasm.testing.Script.pause;
import static dev.proxywasm.testing.Script.tickEvery;
import static dev.proxywasm.testing.TestHost.recorder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.testing.RefusingEngine;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import dev.proxywasm.testing.Wat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VmPoolTest {

    @Test
    void growsWhileAllAreBusyUpToItsNumberOfInstances() {
        try (TestHost host = TestHost.of(recorder("a", "").instances(2).build())) {
            VmPool pool = host.pool(0);
            Vm first = pool.acquire();
            host.runDue();
            assertThat(pool.size()).isEqualTo(1);
            assertThat(pool.acquire()).isSameAs(first);
            host.runDue();
            assertThat(pool.size()).isEqualTo(2);
            for (int i = 0; i < 10; i++) {
                pool.acquire();
                host.runDue();
            }
            assertThat(pool.size()).isEqualTo(2);
        }
    }

    @Test
    void choosesTheVmWithTheFewestStreams() {
        try (TestHost host = TestHost.of(recorder("a", "").instances(2).build())) {
            VmPool pool = host.pool(0);
            Vm first = pool.acquire();
            pool.acquire();
            host.runDue();
            Vm second = pool.acquire();
            assertThat(second).isNotSameAs(first);
            assertThat(pool.acquire()).as("one stream against two").isSameAs(second);
            pool.release(first);
            pool.release(first);
            assertThat(pool.acquire()).as("none against two").isSameAs(first);
        }
    }

    @Test
    void startsOneVmForManyThreadsThatNeedTheFirst() throws Exception {
        int threads = 8;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try (TestHost host = TestHost.asleep(recorder("a", "").instances(4).build())) {
            CyclicBarrier together = new CyclicBarrier(threads);
            List<Future<Vm>> acquired = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                acquired.add(executor.submit(() -> {
                    together.await();
                    return host.pool(0).acquire();
                }));
            }
            Set<Vm> vms = Collections.newSetFromMap(new IdentityHashMap<>());
            for (Future<Vm> vm : acquired) {
                vms.add(vm.get());
            }
            assertThat(vms).hasSize(1);
            assertThat(host.newTrace()).containsOnlyOnce("vm_start");
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void backsOffWhereFurtherVmsFindNoRoomAndReplacesAtOnceAllTheSame() {
        PluginConfig plugin = recorder("a", "").instances(4).build();
        RefusingEngine engine = new RefusingEngine();
        PluginModule module = PluginModule.compile(engine, plugin, "test", Wat.module(TestHost.RECORDER));
        try (TestHost host = TestHost.of();
                VmPool pool = new VmPool(module, host.services())) {
            pool.start();
            Vm first = pool.acquire();
            engine.refuse(new EngineException("no room"));
            acquireOften(host, pool);
            assertThat(engine.refused()).as("twice, and then a delay").isEqualTo(2);
            host.advance(Duration.ofMillis(1500));
            acquireOften(host, pool);
            assertThat(engine.refused()).isEqualTo(3);
            engine.refuse(null);
            first.lock();
            first.close();
            first.unlock();
            assertThat(pool.acquire()).as("which its end has made room for").isNotSameAs(first);
        }
    }

    private static void acquireOften(TestHost host, VmPool pool) {
        for (int i = 0; i < 100; i++) {
            pool.acquire();
            host.runDue();
        }
    }

    @Test
    void waitsForARootContextThatAskedForTime() {
        String script = on(CONFIGURE, tickEvery(20)) + on(DONE, answer(0)) + on(TICK, done());
        TestHost host = TestHost.live(recorder("a", script).build());
        host.pool(0).close();
        assertThat(host.newTrace()).containsSubsequence("done 1\n", "tick 1\n", "delete 1\n");
        assertThat(host.pool(0).size()).isZero();
        host.close();
    }

    @Test
    void endsARootContextOnceThatIsDoneTwice() {
        String script = on(CONFIGURE, tickEvery(20)) + on(DONE, answer(0)) + on(TICK, done(), done());
        TestHost host = TestHost.live(recorder("a", script).build());
        host.pool(0).close();
        assertThat(host.newTrace()).containsOnlyOnce("delete 1\n");
        assertThat(host.pool(0).size()).isZero();
        host.close();
    }

    @Test
    void endsARootContextThatIsNeverDone() {
        try (TestHost host = TestHost.asleep(recorder("a", on(DONE, answer(0))).build())) {
            PluginModule module =
                    TestHost.compile(recorder("a", on(DONE, answer(0))).build());
            VmPool pool = new VmPool(module, host.services(), new Tally(), Duration.ofMillis(1));
            pool.start();
            pool.close();
            assertThat(host.newTrace()).endsWith("done 1\ndelete 1\n");
        }
    }

    @Test
    void tellsAGuestThatNothingWaitsForItsDone() {
        try (TestHost host =
                        TestHost.of(recorder("a", on(REQUEST_HEADERS, done())).build());
                TestExchange exchange = host.get()) {
            exchange.bodylessRequest();
            assertThat(host.newTrace()).endsWith("request_headers 2 4 1\nstatus 1\n");
        }
    }

    @Test
    void answersStreamsThatAreAliveWhenItCloses() throws InterruptedException {
        try (TestHost host =
                        TestHost.of(recorder("a", on(REQUEST_HEADERS, pause())).build());
                TestExchange exchange = host.get()) {
            Outcome.Wait wait = (Outcome.Wait) exchange.bodylessRequest();
            host.pool(0).close();
            Outcome outcome = wait.await();
            assertThat(((Outcome.Reply) outcome).response().status()).isEqualTo(503);
            assertThat(exchange.answerWith(outcome)).isEqualTo(Outcome.FORWARD);
        }
    }

    @Test
    void givesNoVmWhenItIsClosed() {
        try (TestHost host = TestHost.of(recorder("a", "").build())) {
            VmPool pool = host.pool(0);
            pool.close();
            assertThatThrownBy(pool::acquire).isInstanceOf(GuestFailure.class).hasMessageContaining("closed");
        }
    }

    @Test
    void endsAVmThatHasJustStartedWhenItWasClosedMeanwhile() {
        TestHost host = TestHost.of(recorder("a", "").instances(2).build());
        VmPool pool = host.pool(0);
        pool.acquire();
        pool.acquire();
        pool.close();
        host.runDue();
        assertThat(pool.size()).isZero();
        assertThat(host.newTrace()).containsOnlyOnce("vm_start").containsOnlyOnce("delete 1");
        host.close();
    }
}

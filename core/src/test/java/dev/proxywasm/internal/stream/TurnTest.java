package dev.proxywasm.internal.stream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.internal.vm.Vm;
import dev.proxywasm.testing.TestHost;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnTest {

    private final Turn turn = new Turn();

    private static CompletableFuture<Void> inAThread(Runnable action) {
        return CompletableFuture.runAsync(action, task -> new Thread(task).start());
    }

    private void awaitQueued() {
        while (!turn.hasQueuedThreads()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void staysWithItsThreadWhileThePartsAreLent() throws Exception {
        turn.begin();
        assertThat(turn.lend()).isTrue();
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Void> next = inAThread(() -> {
            asked.countDown();
            turn.begin();
            turn.end();
        });
        asked.await();
        inAThread(() -> {
                    assertThat(turn.guard()).isTrue();
                    turn.unlock();
                })
                .get(20, SECONDS);
        assertThat(next).isNotDone();
        assertThat(turn.guard()).isTrue();

        turn.end();

        next.get(20, SECONDS);
        assertThat(turn.isLocked()).isFalse();
    }

    @Test
    void passesFromOneWaitingThreadToTheNext() throws Exception {
        turn.begin();
        CompletableFuture<Void> all =
                CompletableFuture.allOf(inAThread(this::takeIt), inAThread(this::takeIt), inAThread(this::takeIt));
        awaitQueued();
        assertThat(turn.lend()).isTrue();
        assertThat(turn.guard()).isTrue();

        turn.end();

        all.get(20, SECONDS);
    }

    private void takeIt() {
        for (int i = 0; i < 1000; i++) {
            turn.begin();
            turn.end();
        }
    }

    /** A guest that has the VM and wants the parts must not wait for a turn that waits for the VM. */
    @Test
    void letsAGuestActWhileItWaitsForItsVm() throws Exception {
        try (TestHost host = TestHost.of(TestHost.recorder("a", "").build())) {
            Vm vm = host.pool(0).acquire();
            vm.lock();
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<Void> pushing = inAThread(() -> {
                turn.begin();
                begun.countDown();
                try {
                    turn.lock(vm);
                    assertThat(turn.isHeldByCurrentThread()).isTrue();
                    vm.unlock();
                } finally {
                    turn.end();
                }
            });
            try {
                begun.await();
                assertThat(turn.guard()).isTrue();
                turn.unlock();
            } finally {
                vm.unlock();
            }
            pushing.get(20, SECONDS);
        }
    }

    @Test
    void isNotTakenTwiceByAThread() {
        turn.begin();
        assertThatThrownBy(turn::begin)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("from within its own callbacks");
        turn.end();
        assertThat(turn.isLocked()).isFalse();
    }
}

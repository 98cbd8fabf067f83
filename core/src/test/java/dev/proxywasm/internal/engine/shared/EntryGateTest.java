package dev.proxywasm.internal.engine.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EntryGateTest {

    private final AtomicInteger released = new AtomicInteger();
    private final EntryGate gate = new EntryGate(released::incrementAndGet);

    @Test
    void releasesOnceWhenClosedWhileIdle() {
        gate.close();
        gate.close();
        assertThat(released).hasValue(1);
        assertThatIllegalStateException().isThrownBy(gate::enter).withMessageContaining("closed");
    }

    @Test
    void releasesWhenTheThreadInsideLeaves() {
        gate.enter();
        gate.close();
        gate.close();
        assertThat(released).hasValue(0);
        assertThat(gate.isInside()).isTrue();
        gate.exit();
        gate.close();
        assertThat(released).hasValue(1);
        assertThatIllegalStateException().isThrownBy(gate::enterUnlessInside);
    }

    @Test
    void letsOneThreadInAtATime() {
        gate.enter();
        CompletableFuture.runAsync(() -> {
                    assertThat(gate.isInside()).isFalse();
                    assertThatIllegalStateException()
                            .isThrownBy(gate::enterUnlessInside)
                            .withMessageContaining("another thread");
                })
                .join();
        assertThat(gate.enterUnlessInside()).isFalse();
        gate.exit();
        assertThat(CompletableFuture.supplyAsync(gate::enterUnlessInside).join())
                .isTrue();
    }

    @Test
    void releasesExactlyOnceInARaceOfCloseAndExit() {
        for (int i = 0; i < 2000; i++) {
            AtomicInteger count = new AtomicInteger();
            EntryGate contested = new EntryGate(count::incrementAndGet);
            contested.enter();
            CompletableFuture<Void> close = CompletableFuture.runAsync(contested::close);
            contested.exit();
            close.join();
            assertThat(count).hasValue(1);
        }
    }
}

package dev.proxywasm.internal.vm;

import static dev.proxywasm.testing.TestHost.recorder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.testing.TestHost;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes to a VM from outside. */
class NoticesTest {

    @Test
    void oneThatFailsCostsNoOther() {
        try (TestHost host = TestHost.of(recorder("a", "").build())) {
            Vm vm = host.pool(0).acquire();
            List<Vm> entered = new ArrayList<>();
            vm.notices().post(broken -> {
                throw new IllegalStateException("a client has a fault");
            });
            vm.notices().post(entered::add);
            host.runDue();
            vm.notices().post(entered::add);
            host.runDue();
            assertThat(entered).containsExactly(vm, vm);
            assertThat(vm.isRunning()).isTrue();
        }
    }
}

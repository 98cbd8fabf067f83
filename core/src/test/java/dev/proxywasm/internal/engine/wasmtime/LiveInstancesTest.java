package dev.proxywasm.internal.engine.wasmtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.proxywasm.internal.engine.CompiledModule;
import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.engine.Guest;
import dev.proxywasm.internal.engine.ModuleLimits;
import dev.proxywasm.internal.engine.TestEngine;
import dev.proxywasm.internal.engine.WasmInstance;
import dev.proxywasm.internal.engine.WasmTrap;
import dev.proxywasm.testing.Wat;
import org.junit.jupiter.api.Test;

/** How many instances a process may have. */
class LiveInstancesTest {

    @Test
    void keepsNoPlaceForAGuestWhoseStartSectionTraps() {
        byte[] trapping = Wat.compile("(module (func $f (unreachable)) (start $f))");
        int live = WasmtimeModule.liveInProcess();
        try (CompiledModule module = TestEngine.WASMTIME.shared().compile("trapping", trapping, Guest.LIMITS)) {
            assertThatExceptionOfType(WasmTrap.class).isThrownBy(() -> module.instantiate(Guest.spec(Guest.ZERO)));
        }
        assertThat(WasmtimeModule.liveInProcess()).isEqualTo(live);
    }

    @Test
    void refusesMoreInstancesThanTheProcessMayHave() {
        ModuleLimits limits = new ModuleLimits(1 << 20, 10);
        try (WasmtimeEngine engine = new WasmtimeEngine(WasmtimeEngine.Options.DEFAULT.withMaxLiveInstances(1));
                CompiledModule one = engine.compile("one", Wat.compile("(module)"), limits);
                CompiledModule two = TestEngine.WASMTIME.shared().compile("two", Wat.compile("(module)"), limits);
                WasmInstance held = two.instantiate(Guest.spec(Guest.ZERO))) {
            assertThat(held.hasEntryPoint(0)).isFalse();
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> one.instantiate(Guest.spec(Guest.ZERO)))
                    .withMessageContainingAll("'one'", "1 are alive");
        }
    }
}

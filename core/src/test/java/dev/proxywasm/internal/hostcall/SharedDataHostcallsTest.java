package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_0;
import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_1;
import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.ServiceLimits;
import dev.proxywasm.VmConfig;
import dev.proxywasm.abi.Status;
import dev.proxywasm.testing.Spec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedDataHostcallsTest {

    private final FakeGuest guest = new FakeGuest();

    private Status get(String key) {
        return guest.call("proxy_get_shared_data", guest.text(key), RESULT_0, RESULT_1, RESULT_2);
    }

    private Status set(String key, String value, int cas) {
        return guest.call("proxy_set_shared_data", guest.text(key), guest.text(value), cas);
    }

    private int casOf(String key) {
        assertThat(get(key)).isEqualTo(Status.OK);
        return guest.u32(RESULT_2);
    }

    @Nested
    class Get {

        @Test
        @Spec("0.2.1#proxy_get_shared_data NOT_FOUND")
        void answersNotFoundForAKeyWithoutValue() {
            assertThat(get("tea")).isEqualTo(Status.NOT_FOUND);
            assertThat(guest.scope.memory.text(RESULT_0, 20)).isEqualTo("?".repeat(20));
        }

        @Test
        void answersTheValueAndANumber() {
            set("tea", "green", 0);

            assertThat(get("tea")).isEqualTo(Status.OK);
            assertThat(guest.returned()).isEqualTo("green");
            assertThat(guest.u32(RESULT_2)).isNotZero();
        }

        @Test
        void answersAnEmptyValueWithoutAllocation() {
            set("tea", "", 0);

            assertThat(get("tea")).isEqualTo(Status.OK);
            assertThat(guest.u32(RESULT_0)).isZero();
            assertThat(guest.u32(RESULT_1)).isZero();
            assertThat(guest.u32(RESULT_2)).isNotZero();
        }

        @Test
        void tellsKeysApartByTheirBytes() {
            guest.call("proxy_set_shared_data", guest.bytes(new byte[] {-1}), guest.text("a"), 0);
            guest.call("proxy_set_shared_data", guest.bytes(new byte[] {-2}), guest.text("b"), 0);

            guest.call("proxy_get_shared_data", guest.bytes(new byte[] {-1}), RESULT_0, RESULT_1, RESULT_2);
            assertThat(guest.returned()).isEqualTo("a");
        }

        @Test
        void seesNothingOfAnotherVmId() {
            set("tea", "green", 0);
            guest.scope.plugin = pluginOf("other");

            assertThat(get("tea")).isEqualTo(Status.NOT_FOUND);
        }

        @Test
        void answersInvalidMemoryAccessWhenTheAllocatorFails() {
            set("tea", "green", 0);
            guest.scope.allocator = size -> 0;

            assertThat(get("tea")).isEqualTo(Status.INVALID_MEMORY_ACCESS);
        }
    }

    @Nested
    class Set {

        @ParameterizedTest
        @ValueSource(ints = {0, 7, -1})
        void storesANewKeyWhateverTheNumber(int cas) {
            assertThat(set("tea", "green", cas)).isEqualTo(Status.OK);
            assertThat(get("tea")).isEqualTo(Status.OK);
        }

        @Test
        void overwritesWithoutANumber() {
            set("tea", "green", 0);

            assertThat(set("tea", "black", 0)).isEqualTo(Status.OK);
            get("tea");
            assertThat(guest.returned()).isEqualTo("black");
        }

        @Test
        void givesEveryValueAnotherNumber() {
            set("tea", "green", 0);
            int first = casOf("tea");
            set("tea", "green", first);

            assertThat(casOf("tea")).isNotEqualTo(first);
        }

        @Test
        void answersCasMismatchForANumberThatIsOver() {
            set("tea", "green", 0);
            int first = casOf("tea");
            set("tea", "black", first);

            assertThat(set("tea", "white", first)).isEqualTo(Status.CAS_MISMATCH);
            get("tea");
            assertThat(guest.returned()).isEqualTo("black");
        }

        @Test
        void answersCasMismatchAndWarnsWhenThereAreTooManyKeys() {
            guest.scope.shared = FakeServices.within(
                    ServiceLimits.builder().sharedDataKeys(1).build());

            assertThat(set("tea", "green", 0)).isEqualTo(Status.OK);
            assertThat(set("milk", "cold", 0)).isEqualTo(Status.CAS_MISMATCH);
            assertThat(get("milk")).isEqualTo(Status.NOT_FOUND);
            assertThat(set("tea", "black", 0)).isEqualTo(Status.OK);
            assertThat(guest.scope.warned).singleElement().asString().contains("full");
        }

        @Test
        @Spec("0.2.1#proxy_set_shared_data CAS_MISMATCH")
        void answersCasMismatchWhenThereAreTooManyBytes() {
            guest.scope.shared = FakeServices.within(
                    ServiceLimits.builder().sharedDataBytes(200).build());

            assertThat(set("tea", "x".repeat(201), 0)).isEqualTo(Status.CAS_MISMATCH);
            assertThat(set("tea", "x".repeat(100), 0)).isEqualTo(Status.OK);
            assertThat(set("tea", "x".repeat(201), 0)).isEqualTo(Status.CAS_MISMATCH);
            assertThat(set("tea", "x".repeat(120), 0)).isEqualTo(Status.OK);
        }
    }

    @Test
    void answersInternalFailureForAKeyBeyondReason() {
        assertThat(get("x".repeat(32 * 1024 + 1))).isEqualTo(Status.INTERNAL_FAILURE);
    }

    @Test
    @Spec({"0.2.1#proxy_get_shared_data OK", "0.2.1#proxy_set_shared_data OK"})
    void isSharedByPluginsOfOneVmId() {
        guest.scope.plugin = pluginOf("shared");
        set("tea", "green", 0);
        guest.scope.plugin = PluginConfig.builder("other", "other.wasm")
                .vm(guest.scope.plugin.vm())
                .build();

        assertThat(get("tea")).isEqualTo(Status.OK);
    }

    private static PluginConfig pluginOf(String vmId) {
        return PluginConfig.builder("waf", "waf.wasm")
                .vm(new VmConfig(vmId, "", Map.of(), List.of()))
                .build();
    }
}

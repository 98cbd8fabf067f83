package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_0;
import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.abi.BufferType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.context.GuestBuffer;
import dev.proxywasm.testing.Spec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only 0.1.0 has, and what compilers expect. */
class LegacyHostcallsTest {

    private final FakeGuest guest = new FakeGuest();

    @ParameterizedTest
    @CsvSource({"true, plugin", "false, vm"})
    @Spec("0.1.0#proxy_get_configuration OK")
    void configurationIsThePluginsOnlyDuringConfigure(boolean configuring, String expected) {
        guest.scope.configuring = configuring;
        guest.scope.context.buffers.put(BufferType.VM_CONFIGURATION, configuration("vm"));
        guest.scope.context.buffers.put(BufferType.PLUGIN_CONFIGURATION, configuration("plugin"));

        assertThat(guest.call("proxy_get_configuration", RESULT_0, RESULT_1)).isEqualTo(Status.OK);
        assertThat(guest.returned()).isEqualTo(expected);
    }

    @Test
    @Spec("0.1.0#proxy_get_configuration NOT_FOUND")
    void configurationIsNotFoundWhereThereIsNone() {
        assertThat(guest.call("proxy_get_configuration", RESULT_0, RESULT_1)).isEqualTo(Status.NOT_FOUND);
    }

    @Test
    @Spec({"0.1.0#proxy_continue_request OK", "0.1.0#proxy_continue_response OK"})
    void continuesEitherDirection() {
        assertThat(guest.call("proxy_continue_request")).isEqualTo(Status.OK);
        assertThat(guest.call("proxy_continue_response")).isEqualTo(Status.OK);
        assertThat(guest.scope.context.effects).containsExactly("continue HTTP_REQUEST", "continue HTTP_RESPONSE");
    }

    @Test
    @Spec("0.1.0#proxy_clear_route_cache OK")
    void clearingTheRouteCacheIsOk() {
        assertThat(guest.call("proxy_clear_route_cache")).isEqualTo(Status.OK);
    }

    @Test
    void threadsAreEqualIfTheirNumbersAre() {
        assertThat(guest.invoke("env", "pthread_equal", 7, 7)).isEqualTo(1);
        assertThat(guest.invoke("env", "pthread_equal", 7, 8)).isEqualTo(0);
    }

    @Test
    void memoryGrowthNeedsNoAnswer() {
        assertThat(guest.invoke("env", "emscripten_notify_memory_growth", 0)).isEqualTo("nothing");
    }

    @Test
    void seedsDiffer() {
        assertThat(guest.invoke("env", "seed")).isInstanceOf(Double.class).isNotEqualTo(guest.invoke("env", "seed"));
    }

    @Nested
    class Abort {

        @Test
        void stopsTheGuestWithItsMessage() {
            assertThatThrownBy(() -> abort(string("out of tea"), string("a.ts")))
                    .isInstanceOf(GuestViolation.class)
                    .hasMessage("aborts: \"out of tea\" at \"a.ts\":12:3");
        }

        @Test
        void doesWithoutAMessage() {
            assertThatThrownBy(() -> abort(0, 0)).hasMessage("aborts: (none) at (none):12:3");
        }

        @ParameterizedTest
        @CsvSource({"-1", "1", "65537", "2147483647"})
        void survivesPointersOutsideMemory(int ptr) {
            assertThatThrownBy(() -> abort(ptr, ptr)).isInstanceOf(GuestViolation.class);
        }

        @Test
        void survivesASizeOutsideMemory() {
            int message = string("tea");
            guest.scope.memory.writeI32(message - 4, -2);

            assertThatThrownBy(() -> abort(message, 0)).hasMessage("aborts: (unreadable) at (none):12:3");
        }

        @Test
        void cutsALongMessage() {
            assertThatThrownBy(() -> abort(string("x".repeat(5000)), 0))
                    .satisfies(violation -> assertThat(violation.getMessage()).hasSizeLessThan(300));
        }

        private Object abort(int message, int file) {
            return guest.invoke("env", "abort", message, file, 12, 3);
        }

        private int string(String text) {
            byte[] utf16 = text.getBytes(UTF_16LE);
            byte[] object = new byte[4 + utf16.length];
            System.arraycopy(utf16, 0, object, 4, utf16.length);
            int ptr = guest.bytes(object).ptr();
            guest.scope.memory.writeI32(ptr, utf16.length);
            return ptr + 4;
        }
    }

    private static GuestBuffer configuration(String text) {
        return GuestBuffer.readOnly(text.getBytes(US_ASCII));
    }
}

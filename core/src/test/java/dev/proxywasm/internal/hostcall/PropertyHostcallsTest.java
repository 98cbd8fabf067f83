package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_0;
import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.property.ExchangeAttributes;
import dev.proxywasm.testing.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyHostcallsTest {

    private final FakeGuest guest = new FakeGuest();

    @ParameterizedTest
    @ValueSource(strings = {"source\0address", "source\0address\0"})
    @Spec("0.2.1#proxy_get_property OK")
    void answersTheValueOfAPathWithOrWithoutANulAtItsEnd(String path) {
        guest.scope.context.properties.put("source.address", "10.0.0.1:80".getBytes(US_ASCII));

        assertThat(get(path)).isEqualTo(Status.OK);
        assertThat(guest.returned()).isEqualTo("10.0.0.1:80");
    }

    @Test
    void answersAnEmptyValue() {
        guest.scope.context.properties.put("plugin_root_id", new byte[0]);

        assertThat(get("plugin_root_id")).isEqualTo(Status.OK);
        assertThat(guest.u32(RESULT_0)).isZero();
        assertThat(guest.u32(RESULT_1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "", "\0"})
    @Spec("0.2.1#proxy_get_property NOT_FOUND")
    void answersNotFoundForAnUnknownOrEmptyPath(String path) {
        guest.scope.context.properties.put("", new byte[1]);

        assertThat(get(path)).isEqualTo(Status.NOT_FOUND);
        assertThat(guest.scope.memory.text(RESULT_0, 12)).isEqualTo("????????????");
    }

    @Test
    @Spec("0.2.1#proxy_get_property SERIALIZATION_FAILURE")
    void answersSerializationFailureForAGroupOfProperties() {
        guest.scope.context.attributes = path -> ExchangeAttributes.TABLE.find(null, path);

        assertThat(get("request")).isEqualTo(Status.SERIALIZATION_FAILURE);
        assertThat(guest.scope.memory.text(RESULT_0, 12)).isEqualTo("????????????");
    }

    @Test
    void answersInternalFailureForAnEndlessPath() {
        assertThat(get("x".repeat(4097))).isEqualTo(Status.INTERNAL_FAILURE);
    }

    @Test
    @Spec("0.2.1#proxy_set_property OK")
    void storesAValue() {
        assertThat(guest.call("proxy_set_property", guest.text("tea"), guest.text("green")))
                .isEqualTo(Status.OK);
        assertThat(guest.scope.context.properties.get("tea")).asString(US_ASCII).isEqualTo("green");
    }

    @Test
    void answersNotFoundWhereNothingIsStored() {
        guest.scope.context.storesProperties = false;

        assertThat(guest.call("proxy_set_property", guest.text("tea"), guest.text("green")))
                .isEqualTo(Status.NOT_FOUND);
    }

    @Test
    @Spec("0.2.1#proxy_set_property NOT_FOUND")
    void answersNotFoundForStoringUnderAnEmptyPath() {
        assertThat(guest.call("proxy_set_property", guest.text(""), guest.text("green")))
                .isEqualTo(Status.NOT_FOUND);
        assertThat(guest.scope.context.properties).isEmpty();
    }

    @Test
    void foreignFunctionsMayDropTheirResult() {
        byte[] before = guest.scope.memory.snapshot();

        assertThat(guest.call("proxy_call_foreign_function", 0, 0, 0, 0, 0, 0)).isEqualTo(Status.NOT_FOUND);
        assertThat(guest.scope.memory.snapshot()).isEqualTo(before);
    }

    private Status get(String path) {
        return guest.call("proxy_get_property", guest.text(path), RESULT_0, RESULT_1);
    }
}

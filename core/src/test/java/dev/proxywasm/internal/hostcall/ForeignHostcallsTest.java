package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_0;
import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_1;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.abi.Status;
import dev.proxywasm.spi.ForeignCallback;
import dev.proxywasm.spi.ForeignFunction;
import dev.proxywasm.spi.ForeignFunctionException;
import dev.proxywasm.testing.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForeignHostcallsTest {

    private final FakeGuest guest = new FakeGuest();

    private void offer(String name, ForeignFunction function) {
        guest.scope.shared = FakeServices.with(Map.of(name, function));
    }

    private Status call(String name, String arguments) {
        return guest.call("proxy_call_foreign_function", guest.text(name), guest.text(arguments), RESULT_0, RESULT_1);
    }

    @Test
    @Spec("0.2.1#proxy_call_foreign_function NOT_FOUND")
    void answersNotFoundAndAnEmptyResultForANameThatIsUnknown() {
        assertThat(call("nothing", "")).isEqualTo(Status.NOT_FOUND);
        assertThat(guest.u32(RESULT_0)).isZero();
        assertThat(guest.u32(RESULT_1)).isZero();
    }

    @Test
    @Spec("0.2.1#proxy_call_foreign_function OK")
    void handsOverArgumentsAndReturnsTheResult() {
        offer("reverse", call -> new StringBuilder(new String(call.arguments(), ISO_8859_1))
                .reverse()
                .toString()
                .getBytes(ISO_8859_1));

        assertThat(call("reverse", "tea")).isEqualTo(Status.OK);
        assertThat(guest.returned()).isEqualTo("aet");
    }

    @Test
    void dropsAResultThatTheGuestDoesNotWant() {
        offer("echo", call -> call.arguments());

        assertThat(guest.call("proxy_call_foreign_function", guest.text("echo"), guest.text("tea"), 0, 0))
                .isEqualTo(Status.OK);
        assertThat(guest.scope.allocations).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"NOT_FOUND", "BAD_ARGUMENT", "SERIALIZATION_FAILURE", "INTERNAL_FAILURE"})
    void answersTheStatusOfAFunctionThatRefuses(Status status) {
        offer("refuse", call -> {
            throw new ForeignFunctionException(status, "no tea");
        });

        assertThat(call("refuse", "")).isEqualTo(status);
        assertThat(guest.u32(RESULT_1)).isZero();
        assertThat(guest.scope.warned).singleElement().asString().contains("refuse: no tea");
    }

    @Test
    void answersInternalFailureForAFunctionWithAFault() {
        offer("broken", call -> {
            throw new IllegalStateException("out of tea");
        });

        assertThat(call("broken", "")).isEqualTo(Status.INTERNAL_FAILURE);
    }

    @Test
    void prefersTheFunctionOfTheEmbedder() {
        offer("compress", call -> new byte[0]);

        assertThat(call("compress", "tea")).isEqualTo(Status.OK);
        assertThat(guest.u32(RESULT_1)).isZero();
    }

    @Test
    void tellsWhoCalls() {
        guest.scope.context.properties.put("request.path", "/tea".getBytes(ISO_8859_1));
        offer("who", call -> (call.pluginName() + "|" + call.vmId() + "|" + call.hasStream() + "|"
                        + new String(call.property("request", "path").orElseThrow(), ISO_8859_1) + "|"
                        + call.property("request", "host").isPresent())
                .getBytes(ISO_8859_1));

        assertThat(call("who", "")).isEqualTo(Status.OK);
        assertThat(guest.returned()).isEqualTo("waf||false|/tea|false");
    }

    @Test
    void keepsAStateForTheVm() {
        offer("count", call -> {
            List<?> calls = call.local(ArrayList.class, ArrayList::new);
            calls.add(null);
            return new byte[calls.size()];
        });
        call("count", "");

        assertThat(call("count", "")).isEqualTo(Status.OK);
        assertThat(guest.u32(RESULT_1)).isEqualTo(2);
    }

    @Test
    void answersLaterInTheContextThatCalled() {
        List<ForeignCallback> callbacks = new ArrayList<>();
        offer("later", call -> {
            callbacks.add(call.callback());
            return new byte[0];
        });
        call("later", "");

        callbacks.get(0).invoke(3, "tea".getBytes(ISO_8859_1));

        assertThat(guest.scope.notices.told).containsExactly("function 3 to 17: tea");
    }
}

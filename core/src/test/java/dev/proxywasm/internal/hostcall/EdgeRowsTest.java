package dev.proxywasm.internal.hostcall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.abi.BufferType;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.http.HeaderMap;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every function does with pointers that are wrong, or only just right. */
class EdgeRowsTest {

    private static final int END = FakeMemory.SIZE;
    private static final int USABLE = FakeGuest.SLOTS;

    private final FakeGuest guest = new FakeGuest();

    /** One pointer of one function. */
    record Pointer(HostFunction row, int param) {
        @Override
        public String toString() {
            return row.name() + "." + row.params().get(param).name();
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void refusesInputsOutsideMemory(Pointer input) {
        assertThat(fault(input, END, 1)).isTrue();
        assertThat(fault(input, END - 1, 2)).isTrue();
        assertThat(fault(input, -1, 1)).isTrue();
        assertThat(fault(input, 16, -1)).isTrue();
        assertThat(fault(input, -8, 16)).as("address and size overflow").isTrue();
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void acceptsEmptyInputsWhereverTheyPoint(Pointer input) {
        assertThat(fault(input, 0, 0)).isFalse();
        assertThat(fault(input, END, 0)).isFalse();
        assertThat(fault(input, -1, 0)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void acceptsTheLastByte(Pointer input) {
        assertThat(fault(input, END - 1, 1)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("results")
    void refusesResultPointersOutsideMemoryBeforeAnyEffect(Pointer result) {
        int size = result.row().params().get(result.param()).resultBytes();
        assertThat(fault(result, END - size + 1)).isTrue();
        assertThat(fault(result, -1)).isTrue();
        assertThat(guest.scope.allocations).isEmpty();
        assertThat(guest.scope.context.effects).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("results")
    void acceptsResultPointersAtTheEndOfMemory(Pointer result) {
        int size = result.row().params().get(result.param()).resultBytes();
        assertThat(fault(result, END - size)).isFalse();
    }

    /** All inputs of functions that do something, except those that a function has no use for. */
    static Stream<Pointer> inputs() {
        return pointers().filter(pointer -> {
            Parameter.Role role = pointer.row().params().get(pointer.param()).role();
            return role == Parameter.Role.TEXT || role == Parameter.Role.OPAQUE;
        });
    }

    static Stream<Pointer> results() {
        return pointers()
                .filter(pointer -> pointer.row().params().get(pointer.param()).isResult());
    }

    private static Stream<Pointer> pointers() {
        return HostcallTable.rows().stream()
                .filter(row ->
                        row.support() == HostFunction.Support.FULL || row.name().equals("proxy_call_foreign_function"))
                .flatMap(row -> Stream.iterate(0, i -> i < row.params().size(), i -> i + 1)
                        .map(i -> new Pointer(row, i)));
    }

    /**
     * Whether a call answers with a memory fault when one pointer, and the size behind it if given, is as said. Only an HTTP call may
     * have written by then: 0 in place of a token, as in Envoy.
     */
    private boolean fault(Pointer pointer, int... values) {
        HostFunction row = pointer.row();
        for (MapType type : MapType.values()) {
            guest.scope.context.maps.put(type, new HeaderMap());
        }
        for (BufferType type : BufferType.values()) {
            guest.scope.context.buffers.put(type, new FakeBuffer("", 100));
        }
        List<Object> arguments = benign(row);
        for (int i = 0; i < values.length; i++) {
            arguments.set(pointer.param() + i, values[i]);
        }
        byte[] before = guest.scope.memory.snapshot();
        Object answer = guest.invoke(row.modules().get(0), row.name(), arguments.toArray());
        boolean faulted = answer.equals(row.convention().memoryFault());
        if (faulted && !row.name().equals("proxy_http_call")) {
            assertThat(guest.scope.memory.snapshot())
                    .as("memory after a refusal")
                    .isEqualTo(before);
        }
        return faulted;
    }

    private static List<Object> benign(HostFunction row) {
        List<Object> arguments = new ArrayList<>();
        for (int i = 0; i < row.params().size(); i++) {
            Parameter param = row.params().get(i);
            if (param.name().equals("status_code")) {
                arguments.add(200);
            } else {
                arguments.add(param.isResult() ? USABLE + 8 * (i - row.firstResult()) : 0);
            }
        }
        return arguments;
    }
}

package dev.proxywasm.internal.hostcall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.abi.BufferType;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.wasm.Import;
import dev.proxywasm.testing.Reached;
import dev.proxywasm.testing.Spec;
import dev.proxywasm.testing.SpecIndex;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that every function has in common. */
class EveryFunctionTest {

    /** Parameters of WASI functions that are addresses, though the rows have them as numbers. */
    private static final Set<String> ADDRESSES = Set.of("array", "buffer");

    private final FakeGuest guest = new FakeGuest();

    @BeforeEach
    void giveTheGuestSomethingToRead() {
        guest.scope.environment = List.of("A=1");
        for (MapType type : MapType.values()) {
            guest.scope.context.maps.put(type, new HeaderMap());
        }
        for (BufferType type : BufferType.values()) {
            guest.scope.context.buffers.put(type, new FakeBuffer("", 100));
        }
    }

    @Test
    @Spec({"0.2.1#* INVALID_MEMORY_ACCESS", "wasi#* FAULT"})
    void answersAMemoryFaultForARangeOutsideMemory() {
        rows().forEach(row -> {
            Object answer = guest.invoke(row.modules().get(0), row.name(), argumentsOutsideMemory(row));
            if (answer.equals(row.convention().memoryFault())) {
                String status = isWasi(row) ? "FAULT" : "INVALID_MEMORY_ACCESS";
                assertThat(SpecIndex.statuses(row.name()))
                        .as("the index of %s", row.name())
                        .contains(status);
                Reached.note(row.name(), status);
            }
        });
    }

    @Test
    @Spec({"0.2.1#* INTERNAL_FAILURE", "wasi#* NOTCAPABLE"})
    void answersAsForbiddenWhatTheCapabilitiesLeaveOut() {
        rows().forEach(row -> {
            Import imported = new Import(row.modules().get(0), row.name(), row.type());
            Object[] arguments = arguments(row, FakeGuest.RESULT_0);
            byte[] before = guest.scope.memory.snapshot();
            Object answer = guest.invoke(imported, Set.of("proxy_on_tick"), arguments);
            assertThat(answer).as(row.name()).isEqualTo(isWasi(row) ? 76 : 10);
            assertThat(guest.scope.memory.snapshot()).isEqualTo(before);
            Reached.note(row.name(), isWasi(row) ? "NOTCAPABLE" : "INTERNAL_FAILURE");
        });
    }

    private static Stream<HostFunction> rows() {
        return HostcallTable.rows().stream().filter(row -> row.convention() != Convention.VALUE);
    }

    private static boolean isWasi(HostFunction row) {
        return row.convention() == Convention.ERRNO;
    }

    private static Object[] argumentsOutsideMemory(HostFunction row) {
        return arguments(row, FakeMemory.SIZE);
    }

    private static Object[] arguments(HostFunction row, int address) {
        return row.params().stream().map(param -> argument(row, param, address)).toArray();
    }

    private static Object argument(HostFunction row, Parameter param, int address) {
        return switch (param.role()) {
            case TEXT, OPAQUE, RESULT -> address;
            case SIZE -> 8;
            case NUMBER -> number(row, param.name(), address);
        };
    }

    /** Numbers that get a call as far as its addresses. */
    private static Object number(HostFunction row, String param, int address) {
        if (param.equals("status_code")) {
            return 200;
        }
        if (row.name().equals("random_get") && param.equals("buffer_size")) {
            return 8;
        }
        boolean isOutput = row.name().startsWith("fd_") && param.equals("fd");
        return ADDRESSES.contains(param) ? address : isOutput ? 1 : 0;
    }
}

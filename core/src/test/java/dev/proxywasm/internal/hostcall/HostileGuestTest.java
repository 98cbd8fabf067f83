package dev.proxywasm.internal.hostcall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.abi.BufferType;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.wasm.ValueType;
import dev.proxywasm.testing.SpecIndex;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever a guest passes, every function answers with a status that the index has for it, or the guest is stopped: never a fault of the host. */
class HostileGuestTest {

    private static final long SEED = 20_240_301;
    private static final int CALLS = 60_000;
    private static final int[] EDGES = {
        0,
        1,
        2,
        3,
        4,
        7,
        8,
        9,
        200,
        512,
        1024,
        FakeMemory.SIZE - 8,
        FakeMemory.SIZE - 1,
        FakeMemory.SIZE,
        -1,
        -4,
        -8,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE
    };

    private final Random random = new Random(SEED);
    private final FakeGuest guest = new FakeGuest();

    @Test
    void neverMakesTheHostFail() {
        Map<Integer, String> statuses =
                Arrays.stream(Status.values()).collect(Collectors.toMap(Status::code, Status::name));
        Map<Integer, String> errnos = Arrays.stream(Errno.values()).collect(Collectors.toMap(Errno::code, Errno::name));
        List<HostFunction> rows = HostcallTable.rows();
        int answered = 0;
        for (int i = 0; i < CALLS; i++) {
            HostFunction row = rows.get(random.nextInt(rows.size()));
            prepare();
            Object[] arguments = row.params().stream().map(this::argument).toArray();
            try {
                Object answer = guest.invoke(row.modules().get(0), row.name(), arguments);
                switch (row.convention()) {
                    case STATUS -> assertDocumented(row, statuses.get(answer));
                    case ERRNO -> assertDocumented(row, errnos.get(answer));
                    case VALUE -> assertThat(row.name()).isNotIn("abort", "proc_exit");
                }
                answered++;
            } catch (GuestViolation | GuestExit stopped) {
                assertThat(row.name()).isIn("abort", "proc_exit");
            }
        }
        assertThat(answered).isGreaterThan(CALLS / 2);
    }

    private static void assertDocumented(HostFunction row, String status) {
        assertThat(SpecIndex.statuses(row.name()))
                .as("the index of %s", row.name())
                .contains(status);
    }

    private void prepare() {
        FakeContext context = guest.scope.context;
        for (MapType type : MapType.values()) {
            context.maps.put(type, HeaderMap.of(":status", "200", ":path", "/", "a", "1"));
        }
        for (BufferType type : BufferType.values()) {
            context.buffers.put(type, new FakeBuffer("hello", 1000));
        }
        context.effects.clear();
        context.responses.clear();
        guest.scope.log.clear();
        int piece = random.nextInt(10) == 0 ? edge() : FakeScope.HEAP;
        guest.scope.allocator = size -> piece;
        guest.scope.memory.writeI32(random.nextInt(0, 4096), random.nextBoolean() ? edge() : random.nextInt(64));
    }

    private Object argument(Parameter param) {
        if (param.type() == ValueType.I64) {
            return random.nextLong();
        }
        return random.nextBoolean() ? edge() : random.nextInt(0, 4096);
    }

    private int edge() {
        return EDGES[random.nextInt(EDGES.length)];
    }
}

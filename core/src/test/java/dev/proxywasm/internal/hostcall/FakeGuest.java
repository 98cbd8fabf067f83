package dev.proxywasm.internal.hostcall;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.wasm.FunctionType;
import dev.proxywasm.internal.wasm.Import;
import dev.proxywasm.internal.wasm.ModuleInfo;
import dev.proxywasm.testing.Reached;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A guest whose code is a test: it puts arguments into its memory and calls functions by name, through the door that real guests use.
 *
 * <p>Addresses below {@link #SLOTS} are free; results go to four slots of eight bytes from there; texts are put behind.
 */
final class FakeGuest {

    static final int SLOTS = 512;
    static final int RESULT_0 = SLOTS;
    static final int RESULT_1 = SLOTS + 8;
    static final int RESULT_2 = SLOTS + 16;
    private static final int TEXTS = 1024;
    private static final String WASI = "wasi_snapshot_preview1";

    final FakeScope scope = new FakeScope();
    private int nextText = TEXTS;

    /** A text in memory: what stands for its two arguments. */
    record Text(int ptr, int size) {}

    Text text(String text) {
        return bytes(text.getBytes(ISO_8859_1));
    }

    Text bytes(byte[] bytes) {
        Text placed = new Text(nextText, bytes.length);
        scope.memory.write(nextText, bytes, 0, bytes.length);
        nextText += bytes.length + 1;
        return placed;
    }

    /** Calls a Proxy-Wasm function with numbers and texts. */
    Status call(String name, Object... arguments) {
        Object code = invoke(HostFunction.ENV, name, arguments);
        for (Status status : Status.values()) {
            if (code.equals(status.code())) {
                Reached.note(name, status.name());
                return status;
            }
        }
        throw new AssertionError(name + " answered " + code);
    }

    /** Calls a WASI function. */
    Errno wasi(String name, Object... arguments) {
        Object code = invoke(WASI, name, arguments);
        for (Errno errno : Errno.values()) {
            if (code.equals(errno.code())) {
                Reached.note(name, errno.name());
                return errno;
            }
        }
        throw new AssertionError(name + " answered " + code);
    }

    /** Calls any function as the table has it. */
    Object invoke(String module, String name, Object... arguments) {
        return invoke(new Import(module, name, row(module, name).type()), Set.of(), arguments);
    }

    /** Calls what an import is linked to. */
    Object invoke(Import imported, Set<String> capabilities, Object... arguments) {
        FakeFrame frame = new FakeFrame(flat(arguments));
        scope.allocations.clear();
        LinkedHostcalls.link(module(imported), capabilities).dispatch(scope, 0, frame);
        assertThat(scope.allocations).as("allocations of one call").hasSizeLessThanOrEqualTo(1);
        return frame.result();
    }

    int u32(int slot) {
        return scope.memory.readI32(slot);
    }

    /** The bytes that the first two slots name. */
    String returned() {
        return scope.memory.text(u32(RESULT_0), u32(RESULT_1));
    }

    static HostFunction row(String module, String name) {
        return HostcallTable.rows().stream()
                .filter(row -> row.modules().contains(module) && row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row " + module + "." + name));
    }

    static ModuleInfo module(Import... imports) {
        return new ModuleInfo(
                List.<FunctionType>of(),
                List.of(imports),
                List.of(),
                List.of(),
                List.of(),
                OptionalInt.empty(),
                List.of(),
                0);
    }

    private static long[] flat(Object... arguments) {
        List<Long> numbers = new ArrayList<>();
        for (Object argument : arguments) {
            if (argument instanceof Text text) {
                numbers.add((long) text.ptr());
                numbers.add((long) text.size());
            } else {
                numbers.add(((Number) argument).longValue());
            }
        }
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }
}

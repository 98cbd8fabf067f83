package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.ENV;
import static dev.proxywasm.internal.hostcall.HostFunction.unimplemented;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import dev.proxywasm.internal.engine.GuestMemory;
import dev.proxywasm.internal.wasm.ValueType;
import java.util.List;

/** Functions that compilers expect in {@code env}, and Envoy's own. */
final class ExtraHostcalls {

    static final List<HostFunction> FUNCTIONS = List.of(
            runtime("emscripten_notify_memory_growth", call -> {})
                    .in("memory_index")
                    .returns(List.of())
                    .note("Emscripten. Does nothing.")
                    .build(),
            runtime("pthread_equal", call -> call.returnI32(call.i32(0) == call.i32(1) ? 1 : 0))
                    .in("thread_1", "thread_2")
                    .note("Emscripten.")
                    .build(),
            unimplemented("envoy_resolve_dns")
                    .text("name")
                    .out("return_token")
                    .note("Envoy.")
                    .build(),
            runtime("abort", ExtraHostcalls::abort)
                    .in("message", "file", "line", "column")
                    .returns(List.of())
                    .note("AssemblyScript. Stops the guest, with its message in the error.")
                    .build(),
            runtime("seed", call -> call.returnF64(WasiProcess.RANDOM.nextDouble() * Long.MAX_VALUE))
                    .returns(List.of(ValueType.F64))
                    .note("AssemblyScript. A random number.")
                    .build());

    private static final int MOST_TEXT_BYTES = 1024;

    private ExtraHostcalls() {}

    /** Code that compilers generate: it runs whenever guest code runs, so these are usable at all times. */
    private static HostFunction.Builder runtime(String name, HostFunction.Handler handler) {
        return new HostFunction.Builder(List.of(ENV), name, Convention.VALUE, handler).usableIn(CallPhase.values());
    }

    private static void abort(GuestCall call) {
        throw new GuestViolation("aborts: " + assemblyScriptString(call, 0) + " at " + assemblyScriptString(call, 1)
                + ":" + call.u32(2) + ":" + call.u32(3));
    }

    /** A string object of AssemblyScript: UTF-16, its size in bytes stored in front. */
    private static String assemblyScriptString(GuestCall call, int param) {
        int ptr = call.i32(param);
        GuestMemory memory = call.memory();
        if (ptr == 0 || !memory.contains(ptr - 4, 4)) {
            return "(none)";
        }
        int size = memory.readI32(ptr - 4);
        if (!memory.contains(ptr, size)) {
            return "(unreadable)";
        }
        int shown = (int) Math.min(Integer.toUnsignedLong(size), MOST_TEXT_BYTES);
        return Printable.quoted(shown == 0 ? "" : new String(memory.read(ptr, shown), UTF_16LE));
    }
}

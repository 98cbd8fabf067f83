package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.ENV;
import static dev.proxywasm.internal.hostcall.HostFunction.proxy;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import dev.proxywasm.abi.Status;
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
            proxy("envoy_resolve_dns", ExtraHostcalls::resolveDns)
                    .text("name")
                    .out("return_token")
                    .note("Envoy. Hosts of configured upstreams; any name where direct callouts are allowed.")
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

    private static final int MOST_NAME_BYTES = 1024;
    private static final int MOST_TEXT_BYTES = 1024;

    private ExtraHostcalls() {}

    /** Code that compilers generate: it runs whenever guest code runs, so these are usable at all times. */
    private static HostFunction.Builder runtime(String name, HostFunction.Handler handler) {
        return new HostFunction.Builder(List.of(ENV), name, Convention.VALUE, handler).usableIn(CallPhase.values());
    }

    /**
     * Begins to look a name up; the answer comes as {@code envoy_on_resolve_dns}, never before this callback has returned.
     *
     * <ul>
     *   <li>OK
     *   <li>BAD_ARGUMENT: the name is none, or no upstream has it and direct callouts are not allowed
     *   <li>INTERNAL_FAILURE: too many callouts have no answer yet, or the look-up could not be started
     * </ul>
     *
     * <p>Differs: Envoy resolves any name, which lets a guest send what it knows to whoever serves the name.
     */
    private static Status resolveDns(GuestCall call) {
        String name = call.latin1(0, "length of a name", MOST_NAME_BYTES);
        call.returnU32(0, Refusal.unlessStarted(call.scope().callouts().dns().resolve(name)));
        return Status.OK;
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

package dev.proxywasm.internal.hostcall;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxywasm.abi.BufferType;
import dev.proxywasm.abi.LogLevel;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.abi.MetricType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.abi.StreamType;
import dev.proxywasm.internal.engine.GuestMemory;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows each hostcall as two lines in the guest's terms, at TRACE on {@code dev.proxywasm.hostcall}.
 *
 * <pre>
 *   waf context 17 ==> env.proxy_get_property(path="source\0address")
 *   waf context 17 &lt;== OK value=8 bytes
 * </pre>
 *
 * <p>Texts that name something are shown, escaped and cut. Values, bodies, maps and configuration may be secrets: they are shown by length.
 */
final class HostcallTrace {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.hostcall");
    private static final int MAX_TEXT_BYTES = 256;
    private static final Enum<?>[] NO_NAMES = {};

    /** What the numbers of parameters of that name mean; all vocabularies of the ABI count from 0. */
    private static final Map<String, Enum<?>[]> VOCABULARIES = Map.of(
            "map_id", MapType.values(),
            "buffer_id", BufferType.values(),
            "log_level", LogLevel.values(),
            "stream_type", StreamType.values(),
            "metric_type", MetricType.values());

    private HostcallTrace() {}

    static boolean isOn() {
        return LOG.isTraceEnabled();
    }

    /** Shows the arguments. */
    static void entered(GuestCall call) {
        HostFunction function = call.function();
        StringJoiner arguments = new StringJoiner(", ", "(", ")");
        List<Parameter> params = function.params();
        for (int i = 0; i < function.firstResult(); i++) {
            if (params.get(i).role() != Parameter.Role.SIZE) {
                arguments.add(argument(call, i));
            }
        }
        LOG.trace("{} ==> {}{}", caller(call), Printable.text(function.qualifiedName()), arguments);
    }

    /** Shows the answer and the results; {@code reason} says why the door refused the call, if it did. */
    static void answered(GuestCall call, @Nullable String reason) {
        StringBuilder line = new StringBuilder(answer(call));
        if (reason != null) {
            line.append(" (").append(reason).append(')');
        } else if (call.answer() == 0) {
            appendResults(line, call);
        }
        LOG.trace("{} <== {}", caller(call), line);
    }

    /** Shows that the call does not return. */
    static void stopped(GuestCall call, RuntimeException why) {
        LOG.trace("{} <== stopped: {}", caller(call), why.toString());
    }

    private static String caller(GuestCall call) {
        return call.scope().plugin().name() + " " + call.context();
    }

    private static String argument(GuestCall call, int index) {
        Parameter param = call.function().params().get(index);
        return switch (param.role()) {
            case TEXT -> stem(param) + "=" + text(call, call.i32(index), call.i32(index + 1));
            case OPAQUE -> stem(param) + "=" + call.u32(index + 1) + " bytes";
            default ->
                param.name()
                        + "="
                        + switch (param.type()) {
                            case I64 -> call.i64(index);
                            default -> named(param.name(), call.u32(index));
                        };
        };
    }

    /** A number, or its name where the ABI gives it one. */
    private static String named(String param, long number) {
        Enum<?>[] names = VOCABULARIES.getOrDefault(param, NO_NAMES);
        return number < names.length ? names[(int) number].name() : Long.toString(number);
    }

    private static String text(GuestCall call, int ptr, int size) {
        GuestMemory memory = call.memory();
        if (!memory.contains(ptr, size)) {
            return Integer.toUnsignedString(size) + " bytes outside memory";
        }
        int shown = (int) Math.min(Integer.toUnsignedLong(size), MAX_TEXT_BYTES);
        return Printable.quoted(shown == 0 ? "" : new String(memory.read(ptr, shown), UTF_8));
    }

    private static String answer(GuestCall call) {
        int answer = call.answer();
        return switch (call.function().convention()) {
            case STATUS -> nameOf(answer);
            case ERRNO -> "errno " + answer;
            case VALUE -> call.function().results().isEmpty() ? "returned" : "returned " + answer;
        };
    }

    private static String nameOf(int code) {
        for (Status status : Status.values()) {
            if (status.code() == code) {
                return status.name();
            }
        }
        return "status " + code;
    }

    private static void appendResults(StringBuilder line, GuestCall call) {
        List<Parameter> params = call.function().params();
        for (int i = call.function().firstResult(); i < params.size(); i++) {
            Parameter param = params.get(i);
            boolean ofBytes = param.name().endsWith("_data");
            if (!ofBytes && !(param.optional() && call.i32(i) == 0)) {
                line.append(' ').append(stem(param)).append('=').append(result(call, i));
            }
        }
    }

    private static String result(GuestCall call, int index) {
        Parameter param = call.function().params().get(index);
        int ptr = call.i32(index);
        GuestMemory memory = call.memory();
        long low = Integer.toUnsignedLong(memory.readI32(ptr));
        if (param.name().endsWith("_size")) {
            return low + " bytes";
        }
        return switch (param.resultBytes()) {
            case 4 -> Long.toString(low);
            case 8 -> Long.toString((long) memory.readI32(ptr + 4) << 32 | low);
            default -> param.resultBytes() + " bytes";
        };
    }

    private static String stem(Parameter param) {
        String name = param.name().startsWith("return_") ? param.name().substring("return_".length()) : param.name();
        return name.endsWith("_data") || name.endsWith("_size") ? name.substring(0, name.length() - 5) : name;
    }
}

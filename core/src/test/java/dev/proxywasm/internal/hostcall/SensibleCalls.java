package dev.proxywasm.internal.hostcall;

import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.codec.MapCodec;
import dev.proxywasm.internal.hostcall.ForwardCalls.Text;
import java.util.ArrayList;
import java.util.List;

/** One call of every function with arguments that get it as far as it goes. */
final class SensibleCalls {

    private final ForwardCalls calls = new ForwardCalls();
    private final Text name = calls.text("up");
    private final Text function = calls.text("compress");
    private final Text path = calls.text("request\0path");
    private final Text map =
            calls.bytes(MapCodec.encode(HeaderMap.of(":method", "GET", ":path", "/", ":authority", "a", "x-a", "1")));

    private SensibleCalls() {}

    static ForwardCalls all() {
        SensibleCalls patterns = new SensibleCalls();
        ForwardGuest.ROWS.forEach(patterns::add);
        return patterns.calls;
    }

    private void add(HostFunction row) {
        List<Object> arguments = new ArrayList<>();
        int results = 0;
        for (Parameter param : row.params()) {
            switch (param.role()) {
                case TEXT, OPAQUE -> arguments.add(text(row, param.name()));
                case SIZE -> {
                    // Part of the text before it.
                }
                case RESULT -> arguments.add(ForwardCalls.slot(results++));
                case NUMBER -> arguments.add(number(param.name()));
            }
        }
        calls.add(row.name(), arguments.toArray());
    }

    private Text text(HostFunction row, String param) {
        if (param.contains("map") || param.contains("headers") || param.contains("trailers")) {
            return map;
        }
        if (row.name().equals("proxy_call_foreign_function") && param.startsWith("function")) {
            return function;
        }
        return param.startsWith("path") ? path : name;
    }

    private static int number(String param) {
        return switch (param) {
            case "status_code" -> 200;
            case "grpc_status" -> -1;
            case "timeout_milliseconds", "tick_period" -> 50;
            case "array", "buffer", "iovs" -> ForwardGuest.MEMORY;
            case "buffer_size" -> 8;
            default -> 1;
        };
    }
}

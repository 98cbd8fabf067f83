package dev.proxywasm.internal.fastpath;

import static dev.proxywasm.internal.wasm.ValueType.I32;
import static dev.proxywasm.internal.wasm.ValueType.I64;

import dev.proxywasm.internal.wasm.FunctionType;
import dev.proxywasm.internal.wasm.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The hostcalls that the code in the sandbox answers, and the types in which it does: each returns one number, a status. */
final class FastPathFunctions {

    /** Types by name, written {@code module.name}. */
    static final Map<String, FunctionType> TYPES = types();

    private FastPathFunctions() {}

    private static Map<String, FunctionType> types() {
        Map<String, FunctionType> types = new HashMap<>();
        add(types, "env.proxy_get_header_map_value", I32, I32, I32, I32, I32);
        add(types, "env.proxy_add_header_map_value", I32, I32, I32, I32, I32);
        add(types, "env.proxy_replace_header_map_value", I32, I32, I32, I32, I32);
        add(types, "env.proxy_remove_header_map_value", I32, I32, I32);
        add(types, "env.proxy_get_header_map_pairs", I32, I32, I32);
        add(types, "env.proxy_set_header_map_pairs", I32, I32, I32);
        add(types, "env.proxy_get_header_map_size", I32, I32);
        add(types, "env.proxy_get_buffer_bytes", I32, I32, I32, I32, I32);
        add(types, "env.proxy_get_buffer_status", I32, I32, I32);
        add(types, "env.proxy_get_property", I32, I32, I32, I32);
        add(types, "env.proxy_set_property", I32, I32, I32, I32);
        add(types, "env.proxy_increment_metric", I32, I64);
        add(types, "env.proxy_record_metric", I32, I64);
        add(types, "env.proxy_set_effective_context", I32);
        add(types, "env.proxy_log", I32, I32, I32);
        add(types, "env.proxy_get_log_level", I32);
        add(types, "env.proxy_get_current_time_nanoseconds", I32);
        add(types, "wasi_snapshot_preview1.clock_time_get", I32, I64, I32);
        add(types, "wasi_snapshot_preview1.clock_res_get", I32, I32);
        add(types, "wasi_snapshot_preview1.fd_write", I32, I32, I32, I32);
        add(types, "wasi_snapshot_preview1.fd_fdstat_get", I32, I32);
        add(types, "wasi_snapshot_preview1.random_get", I32, I32);
        add(types, "wasi_snapshot_preview1.environ_sizes_get", I32, I32);
        add(types, "wasi_snapshot_preview1.environ_get", I32, I32);
        add(types, "wasi_snapshot_preview1.args_sizes_get", I32, I32);
        add(types, "wasi_snapshot_preview1.args_get", I32, I32);
        add(types, "wasi_snapshot_preview1.sched_yield");
        return Map.copyOf(types);
    }

    private static void add(Map<String, FunctionType> types, String name, ValueType... parameters) {
        types.put(name, new FunctionType(List.of(parameters), List.of(I32)));
    }
}

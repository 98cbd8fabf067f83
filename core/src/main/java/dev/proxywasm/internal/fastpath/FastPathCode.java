package dev.proxywasm.internal.fastpath;

import static dev.proxywasm.internal.wasm.ValueType.I32;

import dev.proxywasm.internal.engine.SandboxCode;
import dev.proxywasm.internal.wasm.FunctionType;
import dev.proxywasm.internal.wasm.ValueType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The part of the fast path that runs in the sandbox. */
public final class FastPathCode {

    /** The hostcalls that it answers: all return a status and take i32 only. */
    private static final Map<String, Integer> PARAMETERS = Map.of(
            "proxy_get_header_map_value", 5,
            "proxy_add_header_map_value", 5,
            "proxy_replace_header_map_value", 5,
            "proxy_remove_header_map_value", 3,
            "proxy_get_header_map_pairs", 3,
            "proxy_get_header_map_size", 2,
            "proxy_log", 3,
            "proxy_get_log_level", 1,
            "proxy_get_current_time_nanoseconds", 1,
            "proxy_get_buffer_bytes", 5);

    private static final String MODULE = "env.";

    private static final Pattern NAME = Pattern.compile("\\$\\{([A-Z_]+)}");

    private static final List<String> PARTS =
            List.of("region", "header-maps", "header-reads", "header-writes", "buffers", "log", "time");

    private static final SandboxCode ALL = new SandboxCode(text(), types(), FastPathRegion.BYTES);

    /**
     * A switch for diagnosis and for measuring: set to {@code false}, VMs that are started from then on have Java answer every hostcall.
     * Nothing but speed depends on it.
     */
    private static final String SWITCH = "proxy-wasm.fast-path";

    private FastPathCode() {}

    /**
     * The code for a plugin; what the plugin may not use is left to Java to refuse.
     *
     * @param capabilities names of functions that the plugin may use; empty for all
     */
    public static SandboxCode code(Set<String> capabilities) {
        if ("false".equals(System.getProperty(SWITCH))) {
            return SandboxCode.NONE;
        }
        if (capabilities.isEmpty()) {
            return ALL;
        }
        Map<String, FunctionType> allowed = new HashMap<>(ALL.imports());
        allowed.keySet().removeIf(name -> !capabilities.contains(name.substring(MODULE.length())));
        return new SandboxCode(ALL.wat(), allowed, ALL.regionBytes());
    }

    private static Map<String, FunctionType> types() {
        Map<String, FunctionType> types = new HashMap<>();
        PARAMETERS.forEach((name, count) -> types.put(MODULE + name, statusOf(count)));
        types.put(MODULE + "proxy_get_buffer_status", statusOf(3));
        return types;
    }

    private static FunctionType statusOf(int parameters) {
        List<ValueType> params = Collections.nCopies(parameters, I32);
        return new FunctionType(params, List.of(I32));
    }

    private static String text() {
        Map<String, Integer> constants = FastPathRegion.constants();
        return PARTS.stream().map(part -> filled(part + ".wat", constants)).collect(Collectors.joining("\n"));
    }

    private static String filled(String part, Map<String, Integer> constants) {
        return NAME.matcher(resource(part)).replaceAll(name -> {
            Integer value = constants.get(name.group(1));
            if (value == null) {
                throw new IllegalStateException(part + " names " + name.group(1) + ", which nobody fills in");
            }
            return Matcher.quoteReplacement(value.toString());
        });
    }

    private static String resource(String name) {
        try (InputStream in = FastPathCode.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing: the jar is damaged");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + name, e);
        }
    }
}

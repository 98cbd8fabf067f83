package dev.proxywasm.internal.engine.wasmtime;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the lens offers to the host module, in the order of the table through which it is reached. */
enum LensFunction {
    LOAD8,
    LOAD_TAIL,
    LOAD32,
    STORE8,
    STORE_TAIL,
    STORE32,
    GIVE,
    ALLOC,
    IN_RANGE,
    CALLBACK;

    private String watId() {
        return "$" + name().toLowerCase(Locale.ROOT);
    }

    /** The functions of {@code lens.wat}, as its element segment lists them. */
    static String elements() {
        return Arrays.stream(values()).map(LensFunction::watId).collect(Collectors.joining(" "));
    }

    /** What the templates call the places in the table, and its size. */
    static Map<String, Integer> constants() {
        Map<String, Integer> constants = new HashMap<>();
        for (LensFunction function : values()) {
            constants.put("LENS_" + function.name(), function.ordinal());
        }
        constants.put("LENS_SIZE", values().length);
        return constants;
    }
}

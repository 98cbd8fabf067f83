package dev.proxywasm.internal.engine.wasmtime;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The table through which the host module reaches the functions of the lens: which stands where. */
final class LensTable {

    /** The functions of {@code lens.wat}, in the order of the table. */
    private static final List<String> FUNCTIONS = List.of(
            "load8",
            "load_tail",
            "load32",
            "store4",
            "store8",
            "store_tail",
            "store32",
            "alloc",
            "in_range",
            "callback");

    private LensTable() {}

    /** The functions as an element segment lists them. */
    static String elements() {
        return FUNCTIONS.stream().map(name -> "$" + name).collect(Collectors.joining(" "));
    }

    /** What the templates call the places in the table, and its size. */
    static Map<String, Integer> constants() {
        Map<String, Integer> constants = new HashMap<>();
        for (int slot = 0; slot < FUNCTIONS.size(); slot++) {
            constants.put("LENS_" + FUNCTIONS.get(slot).toUpperCase(Locale.ROOT), slot);
        }
        constants.put("LENS_SIZE", FUNCTIONS.size());
        return constants;
    }
}

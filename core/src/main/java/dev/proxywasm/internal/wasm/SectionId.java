package dev.proxywasm.internal.wasm;

import java.util.Arrays;
import java.util.Optional;

/** The sections of a module, in the order in which the binary format demands them; custom sections stand anywhere. */
enum SectionId {
    CUSTOM(0, "custom"),
    TYPE(1, "type"),
    IMPORT(2, "import"),
    FUNCTION(3, "function"),
    TABLE(4, "table"),
    MEMORY(5, "memory"),
    TAG(13, "tag"),
    GLOBAL(6, "global"),
    EXPORT(7, "export"),
    START(8, "start"),
    ELEMENT(9, "element"),
    DATA_COUNT(12, "data count"),
    CODE(10, "code"),
    DATA(11, "data");

    private static final SectionId[] BY_CODE = new SectionId[values().length];

    static {
        Arrays.stream(values()).forEach(id -> BY_CODE[id.code] = id);
    }

    private final int code;
    private final String label;

    SectionId(int code, String word) {
        this.code = code;
        this.label = word + " section";
    }

    /** The byte that opens such a section. */
    int code() {
        return code;
    }

    /** What messages call it, such as {@code import section}. */
    String label() {
        return label;
    }

    /** The section that an unsigned byte opens, or empty if there is none. */
    static Optional<SectionId> ofCode(int code) {
        return code < BY_CODE.length ? Optional.of(BY_CODE[code]) : Optional.empty();
    }
}

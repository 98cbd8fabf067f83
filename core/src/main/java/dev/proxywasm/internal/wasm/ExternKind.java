package dev.proxywasm.internal.wasm;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of things that a module imports and exports. */
public enum ExternKind {
    /** A function. */
    FUNCTION(0, "func"),
    /** A table of references. */
    TABLE(1, "table"),
    /** A linear memory. */
    MEMORY(2, "memory"),
    /** A global variable. */
    GLOBAL(3, "global");

    private final int code;
    private final String watName;

    ExternKind(int code, String watName) {
        this.code = code;
        this.watName = watName;
    }

    /** The code of this kind in import and export sections. */
    public int code() {
        return code;
    }

    /** The keyword of this kind in the text format. */
    public String watName() {
        return watName;
    }

    /** The kind that an unsigned byte of the binary format stands for, or empty if the engine knows none. */
    static Optional<ExternKind> ofCode(int code) {
        return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
    }
}

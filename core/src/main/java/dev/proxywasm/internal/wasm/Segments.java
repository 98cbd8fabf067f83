package dev.proxywasm.internal.wasm;

/** Passes over segments, so that no engine is given one that declares more than the module has bytes. */
final class Segments {

    private static final int NOT_ACTIVE = 0x01;
    private static final int EXPLICIT = 0x02;
    private static final int EXPRESSIONS = 0x04;

    private Segments() {}

    /** Passes over the segments of an element section. */
    static void skipElements(ByteCursor cursor) {
        int count = cursor.count("element segments", 2);
        for (int i = 0; i < count; i++) {
            skipElement(cursor);
        }
    }

    private static void skipElement(ByteCursor cursor) {
        int flags = flags(cursor, NOT_ACTIVE | EXPLICIT | EXPRESSIONS, "an element segment");
        if ((flags & NOT_ACTIVE) == 0) {
            skipPlace(cursor, flags, "a table index");
        }
        boolean expressions = (flags & EXPRESSIONS) != 0;
        if ((flags & (NOT_ACTIVE | EXPLICIT)) != 0) {
            if (expressions) {
                TypeReader.referenceType(cursor);
            } else {
                cursor.u8("the kind of an element segment");
            }
        }
        int elements = cursor.count("elements", 1);
        for (int i = 0; i < elements; i++) {
            if (expressions) {
                ConstantExpression.skip(cursor);
            } else {
                cursor.u32("a function index");
            }
        }
    }

    /** Passes over the segments of a data section. */
    static void skipData(ByteCursor cursor) {
        int count = cursor.count("data segments", 2);
        for (int i = 0; i < count; i++) {
            int flags = flags(cursor, NOT_ACTIVE | EXPLICIT, "a data segment");
            if ((flags & NOT_ACTIVE) == 0) {
                skipPlace(cursor, flags, "a memory index");
            }
            cursor.skip(cursor.count("bytes of a data segment", 1), "a data segment");
        }
    }

    private static int flags(ByteCursor cursor, int known, String what) {
        int start = cursor.position();
        long flags = cursor.u32("the form of " + what);
        if (flags > known) {
            throw cursor.malformed(start, "%d is not a form of %s".formatted(flags, what));
        }
        return (int) flags;
    }

    private static void skipPlace(ByteCursor cursor, int flags, String index) {
        if ((flags & EXPLICIT) != 0) {
            cursor.u32(index);
        }
        ConstantExpression.skip(cursor);
    }
}

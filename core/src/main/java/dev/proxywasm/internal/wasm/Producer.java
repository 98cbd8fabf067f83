package dev.proxywasm.internal.wasm;

import java.util.ArrayList;
import java.util.List;

/**
 * A tool that a module names as one of its makers, in the custom section {@code producers} (WebAssembly tool conventions).
 *
 * @param field {@code language}, {@code processed-by} or {@code sdk}
 * @param name of the language or tool
 * @param version of it; may be empty
 */
public record Producer(String field, String name, String version) {

    private static final String SECTION = "producers";

    /**
     * The tools that a module names; none if the section is missing or makes no sense, since nothing depends on it.
     *
     * @throws MalformedModuleException if this is no module
     */
    public static List<Producer> of(byte[] module) {
        List<Producer> producers = new ArrayList<>();
        for (Section section : SectionScanner.scan(module)) {
            if (section.id() == SectionId.CUSTOM) {
                read(section.cursor(module), producers);
            }
        }
        return producers;
    }

    private static void read(ByteCursor cursor, List<Producer> producers) {
        try {
            if (cursor.name("the name of a custom section").equals(SECTION)) {
                readFields(cursor, producers);
            }
        } catch (MalformedModuleException damaged) {
            producers.clear();
        }
    }

    private static void readFields(ByteCursor cursor, List<Producer> producers) {
        int fields = cursor.count("fields", 2);
        for (int i = 0; i < fields; i++) {
            String field = cursor.name("a field");
            int values = cursor.count("values", 2);
            for (int j = 0; j < values; j++) {
                producers.add(new Producer(field, cursor.name("a name"), cursor.name("a version")));
            }
        }
    }

    /** All of it, as people write it. */
    @Override
    public String toString() {
        return (field + " " + name + " " + version).strip();
    }
}

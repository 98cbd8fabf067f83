package dev.proxywasm.internal.config;

import java.util.List;
import java.util.Map;

/** A configuration value as it was written, before it means anything; a tree with origins. Immutable. */
public sealed interface Setting {

    /** Where it was written. */
    Origin origin();

    /** What it is, to follow "found" in a message. */
    String found();

    /** Whether it says nothing, as a YAML key without a value does; such a key counts as absent. */
    default boolean isNothing() {
        return false;
    }

    /** What a single value looks like. */
    enum Kind {
        TEXT,
        INTEGER,
        DECIMAL,
        FLAG,
        NOTHING,
        /** From a door that has no types and no lists: a list is written with commas. */
        UNTYPED
    }

    /** A single value; {@code text} is as written, without quotes. */
    record Scalar(Origin origin, String text, Kind kind) implements Setting {
        private static final int LONGEST_QUOTE = 60;

        @Override
        public String found() {
            if (isNothing()) {
                return "nothing";
            }
            return text.length() <= LONGEST_QUOTE ? "'" + text + "'" : "'" + text.substring(0, LONGEST_QUOTE) + "...'";
        }

        @Override
        public boolean isNothing() {
            return kind == Kind.NOTHING;
        }
    }

    /** A list. */
    record Sequence(Origin origin, List<Setting> items) implements Setting {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String found() {
            return "a list";
        }
    }

    /** Keys and values, in the order in which they were written: the map must keep it, and must not change afterwards. */
    record Mapping(Origin origin, Map<String, Entry> entries) implements Setting {
        @Override
        public String found() {
            return "an object";
        }
    }

    /** One value of a mapping, and where its key was written. */
    record Entry(Origin keyOrigin, Setting value) {}
}

package dev.proxywasm.internal.config;

import java.util.ArrayList;
import java.util.List;

/** Lists of doors that have no lists: items between commas, spaces around them ignored, {@code \,} for a comma and {@code \\} for a backslash. */
final class CommaSeparated {

    private CommaSeparated() {}

    /** The items; an empty one is left out, so that a trailing comma does no harm. */
    static List<String> split(String text) {
        List<String> items = new ArrayList<>();
        StringBuilder item = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && isEscapable(text.charAt(i + 1))) {
                item.append(text.charAt(++i));
            } else if (c == ',') {
                add(item, items);
            } else {
                item.append(c);
            }
        }
        add(item, items);
        return items;
    }

    private static boolean isEscapable(char c) {
        return c == ',' || c == '\\';
    }

    private static void add(StringBuilder item, List<String> items) {
        String stripped = item.toString().strip();
        item.setLength(0);
        if (!stripped.isEmpty()) {
            items.add(stripped);
        }
    }
}

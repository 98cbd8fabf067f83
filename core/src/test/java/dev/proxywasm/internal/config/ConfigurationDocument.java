package dev.proxywasm.internal.config;

import dev.proxywasm.testing.MarkdownTable;
import java.util.List;
import java.util.function.Predicate;

/** The tables of {@code docs/CONFIGURATION.md} and the README, made from the tables of keys. */
final class ConfigurationDocument {

    private static final String LIMITS = "limits.";

    private ConfigurationDocument() {}

    /** The keys of the whole configuration. */
    static String configKeys() {
        return table("key", ConfigKeys.TABLE, "", key -> true);
    }

    /** The keys of a plugin. */
    static String pluginKeys() {
        return table("key of a plugin", PluginKeys.TABLE, "", key -> true);
    }

    /** The keys of an override. */
    static String overrideKeys() {
        return table("key of an override", OverrideKeys.TABLE, "", key -> true);
    }

    /** The keys of a match. */
    static String matchKeys() {
        return table("key of a match", MatchKeys.TABLE, "", key -> true);
    }

    /** The keys of an upstream. */
    static String upstreamKeys() {
        return table("key of an upstream", UpstreamKeys.TABLE, "", key -> true);
    }

    /** The limits of a plugin. */
    static String limits() {
        return table("limit", PluginKeys.TABLE, LIMITS, key -> key.startsWith(LIMITS));
    }

    private static <D> String table(String title, List<Key<D, ?>> keys, String prefix, Predicate<String> which) {
        MarkdownTable table = new MarkdownTable(title, "default", "meaning");
        keys.stream()
                .filter(key -> which.test(key.path()))
                .forEach(key ->
                        table.row(code(key.path().substring(prefix.length())), defaultOf(key), prose(key.meaning())));
        return table.toString();
    }

    private static String defaultOf(Key<?, ?> key) {
        String text = key.defaultText();
        if (text.isEmpty()) {
            return "empty";
        }
        return text.startsWith("(") ? text.substring(1, text.length() - 1) : code(text);
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String prose(String text) {
        return text.replace("*", "\\*");
    }
}

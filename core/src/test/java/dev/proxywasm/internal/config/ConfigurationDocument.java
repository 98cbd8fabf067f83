package dev.proxywasm.internal.config;

import dev.proxywasm.testing.MarkdownTable;
import java.util.List;

/** The tables of {@code docs/CONFIGURATION.md} and the README, made from the tables of keys. */
final class ConfigurationDocument {

    private static final String LIMITS = "limits.";

    private ConfigurationDocument() {}

    /** The keys of the whole configuration. */
    static String configKeys() {
        return table("key", ConfigKeys.TABLE);
    }

    /** The keys of a plugin. */
    static String pluginKeys() {
        return table("key of a plugin", PluginKeys.TABLE);
    }

    /** The keys of an override. */
    static String overrideKeys() {
        return table("key of an override", OverrideKeys.TABLE);
    }

    /** The keys of a match. */
    static String matchKeys() {
        return table("key of a match", MatchKeys.TABLE);
    }

    /** The keys of an upstream. */
    static String upstreamKeys() {
        return table("key of an upstream", UpstreamKeys.TABLE);
    }

    /** The keys of a pull secret. */
    static String pullSecretKeys() {
        return table("key of a pull secret", PullSecretKeys.TABLE);
    }

    /** The limits of a plugin, for the README. */
    static String limits() {
        MarkdownTable table = new MarkdownTable("limit", "default", "meaning");
        PluginKeys.TABLE.stream()
                .filter(key -> key.path().startsWith(LIMITS))
                .forEach(key ->
                        table.row(code(key.path().substring(LIMITS.length())), defaultOf(key), prose(key.meaning())));
        return table.toString();
    }

    private static <D> String table(String title, List<Key<D, ?>> keys) {
        MarkdownTable table = new MarkdownTable(title, "type", "default", "meaning");
        keys.forEach(
                key -> table.row(code(key.path()), key.type().form().name(), defaultOf(key), prose(key.meaning())));
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

package dev.proxywasm.internal.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The JSON Schema of the YAML document, made from the tables of keys. */
final class ConfigurationSchema {

    private static final Map<String, List<? extends Key<?, ?>>> DEFINITIONS = definitions();

    private ConfigurationSchema() {}

    private static Map<String, List<? extends Key<?, ?>>> definitions() {
        Map<String, List<? extends Key<?, ?>>> definitions = new LinkedHashMap<>();
        definitions.put("configuration", ConfigKeys.TABLE);
        definitions.put("plugin", PluginKeys.TABLE);
        definitions.put("override", OverrideKeys.TABLE);
        definitions.put("match", MatchKeys.TABLE);
        definitions.put("upstream", UpstreamKeys.TABLE);
        definitions.put("secret", PullSecretKeys.TABLE);
        return definitions;
    }

    /** All keys that it describes. */
    static List<Key<?, ?>> keys() {
        return DEFINITIONS.values().stream().<Key<?, ?>>flatMap(List::stream).toList();
    }

    /** The whole schema, readable. */
    static String text() {
        String definitions = DEFINITIONS.entrySet().stream()
                .map(entry -> "    \"" + entry.getKey() + "\": "
                        + group(entry.getValue(), "").text(4))
                .collect(Collectors.joining(",\n"));
        return """
                {
                  "$schema": "https://json-schema.org/draft/2020-12/schema",
                  "title": "proxy-wasm.yaml",
                  "type": "object",
                  "required": ["%s"],
                  "additionalProperties": false,
                  "properties": {
                    "%s": {"$ref": "#/$defs/configuration"}
                  },
                  "$defs": {
                %s
                  }
                }
                """
                .formatted(ConfigKeys.TOP, ConfigKeys.TOP, definitions);
    }

    /** The keys of one level: those of the table that begin with {@code prefix}, whose further dots are levels below. */
    private static Node group(List<? extends Key<?, ?>> table, String prefix) {
        Map<String, Node> properties = new LinkedHashMap<>();
        StringBuilder required = new StringBuilder();
        for (Key<?, ?> key : table) {
            if (!key.path().startsWith(prefix)) {
                continue;
            }
            String rest = key.path().substring(prefix.length());
            int dot = rest.indexOf('.');
            if (dot >= 0) {
                String name = rest.substring(0, dot);
                properties.computeIfAbsent(name, absent -> group(table, prefix + name + "."));
            } else {
                properties.put(rest, new Leaf(key));
                required.append(key.isRequired() ? (required.isEmpty() ? "" : ", ") + "\"" + rest + "\"" : "");
            }
        }
        return new Group(properties, required.toString());
    }

    private interface Node {
        String text(int indent);
    }

    private record Leaf(Key<?, ?> key) implements Node {
        @Override
        public String text(int indent) {
            String schema = key.type().form().schema();
            String described = "\"description\": " + quoted(description());
            return schema.equals("{}") ? "{" + described + "}" : "{" + described + ", " + schema.substring(1);
        }

        private String description() {
            String byDefault = key.defaultText().isEmpty() || key.isRequired() ? "" : ". Default: " + key.defaultText();
            return key.meaning() + byDefault;
        }
    }

    private record Group(Map<String, Node> properties, String required) implements Node {
        @Override
        public String text(int indent) {
            String pad = " ".repeat(indent + 2);
            String members = properties.entrySet().stream()
                    .map(entry -> pad + "  " + quoted(entry.getKey()) + ": "
                            + entry.getValue().text(indent + 4))
                    .collect(Collectors.joining(",\n"));
            return "{\n" + pad + "\"type\": [\"object\", \"null\"],\n" + pad + "\"additionalProperties\": false,\n"
                    + (required.isEmpty() ? "" : pad + "\"required\": [" + required + "],\n")
                    + pad + "\"properties\": {\n" + members + "\n" + pad + "}\n" + " ".repeat(indent) + "}";
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}

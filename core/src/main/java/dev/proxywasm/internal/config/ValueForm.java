package dev.proxywasm.internal.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a value looks like.
 *
 * @param name in a table for people, with its unit
 * @param schema as JSON Schema, for editors
 */
record ValueForm(String name, String schema) {

    private static final String SINGLE = "{\"type\": [\"string\", \"number\", \"boolean\"]}";

    /** Anything. */
    static final ValueForm ANY = new ValueForm("any", "{}");

    /** A text; numbers and flags need no quotes. */
    static final ValueForm TEXT = new ValueForm("text", SINGLE);

    /** A text, or what becomes one. */
    static final ValueForm TEXT_OR_OBJECT = new ValueForm(
            "text or object", "{\"type\": [\"string\", \"number\", \"boolean\", \"object\", \"array\", \"null\"]}");

    static final ValueForm FLAG = new ValueForm("true or false", "{\"type\": \"boolean\"}");
    static final ValueForm INTEGER = new ValueForm("whole number", "{\"type\": \"integer\"}");
    static final ValueForm URI = new ValueForm("address", "{\"type\": \"string\", \"format\": \"uri\"}");
    static final ValueForm TEXTS = new ValueForm("list of texts", listOf(SINGLE));
    static final ValueForm TEXT_MAP =
            new ValueForm("texts by name", "{\"type\": \"object\", \"additionalProperties\": " + SINGLE + "}");
    static final ValueForm OBJECT = new ValueForm("object", "{\"type\": \"object\"}");
    static final ValueForm PORTS =
            new ValueForm("list of ports", listOf("{\"type\": \"integer\", \"minimum\": 1, \"maximum\": 65535}"));
    static final ValueForm DURATION = new ValueForm("duration", "{\"type\": \"string\"}");
    static final ValueForm SIZE = new ValueForm("size (bytes)", "{\"type\": [\"string\", \"integer\"]}");

    /** How values are read that look like this. */
    <T> ValueType<T> of(ValueType<T> reader) {
        ValueForm form = this;
        return new ValueType<>() {
            @Override
            public T read(Located value) {
                return reader.read(value);
            }

            @Override
            public ValueForm form() {
                return form;
            }
        };
    }

    /** One of some words. */
    static ValueForm oneOf(List<String> words) {
        return new ValueForm(
                "one word",
                "{\"enum\": " + words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(", ", "[", "]"))
                        + "}");
    }

    /** An object by another table of keys, which the schema defines by that name. */
    static ValueForm table(String name, String definition) {
        return new ValueForm(name, reference(definition));
    }

    /** A list of them. */
    static ValueForm tables(String name, String definition) {
        return new ValueForm(name, listOf(reference(definition)));
    }

    /** Some of them by name. */
    static ValueForm tablesByName(String name, String definition) {
        return new ValueForm(name, "{\"type\": \"object\", \"additionalProperties\": " + reference(definition) + "}");
    }

    private static String reference(String definition) {
        return "{\"$ref\": \"#/$defs/" + definition + "\"}";
    }

    private static String listOf(String item) {
        return "{\"type\": \"array\", \"items\": " + item + "}";
    }
}

package dev.proxywasm.internal.config;

import dev.proxywasm.internal.config.Setting.Kind;
import dev.proxywasm.internal.config.Setting.Mapping;
import dev.proxywasm.internal.config.Setting.Scalar;
import dev.proxywasm.internal.config.Setting.Sequence;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The types that values of keys have. */
final class Values {

    /** Text as written; a number or a flag without quotes counts as its text. */
    static final ValueType<String> TEXT =
            ValueForm.TEXT.of(value -> scalar(value, "a text").text());

    /** Text, or an object or list that is handed over as JSON text. */
    static final ValueType<String> TEXT_OR_OBJECT = ValueForm.TEXT_OR_OBJECT.of(
            value -> value.setting() instanceof Scalar scalar ? scalar.text() : new JsonText().of(value));

    /** {@code true} or {@code false}. */
    static final ValueType<Boolean> FLAG = ValueForm.FLAG.of(value -> {
        String expected = "true or false";
        return switch (token(value, expected).toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw value.unexpected(expected);
        };
    });

    /** A whole number of 32 bits. */
    static final ValueType<Integer> INTEGER = ValueForm.INTEGER.of(value -> {
        String expected = "a whole number from -2147483648 to 2147483647";
        try {
            return Integer.valueOf(token(value, expected));
        } catch (NumberFormatException e) {
            throw value.unexpected(expected);
        }
    });

    /** Texts; from an untyped door separated by commas. */
    static final ValueType<List<String>> LIST = ValueForm.TEXTS.of(Values::list);

    /** The same, where order means nothing. */
    static final ValueType<Set<String>> SET = ValueForm.TEXTS.of(value -> new LinkedHashSet<>(list(value)));

    /** Numbers of ports. */
    static final ValueType<Set<Integer>> PORTS = ValueForm.PORTS.of(Values::ports);

    /** Texts by name; from an untyped door {@code NAME=value,NAME2=value2}. */
    static final ValueType<Map<String, String>> MAP = ValueForm.TEXT_MAP.of(Values::map);

    /** An address. */
    static final ValueType<URI> URI_REFERENCE = ValueForm.URI.of(value -> {
        String expected = "an address such as http://127.0.0.1:9000";
        try {
            return new URI(token(value, expected));
        } catch (URISyntaxException malformed) {
            throw value.unexpected(expected);
        }
    });
    /** An object of texts, numbers, flags, lists and objects; from an untyped door as {@link #MAP}. */
    static final ValueType<Map<String, Object>> OBJECT =
            ValueForm.OBJECT.of(value -> value.setting() instanceof Mapping mapping
                    ? ObjectValues.object(value, mapping)
                    : new LinkedHashMap<>(map(value)));

    private Values() {}

    /** A constant of an enum, in kebab-case; upper case and underscores are accepted. */
    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        E[] constants = type.getEnumConstants();
        List<String> words = Arrays.stream(constants).map(Values::kebab).toList();
        String expected = "one of " + String.join(", ", words);
        ValueType<E> reader = value -> {
            String text = token(value, expected).toLowerCase(Locale.ROOT).replace('_', '-');
            return Arrays.stream(constants)
                    .filter(constant -> kebab(constant).equals(text))
                    .findFirst()
                    .orElseThrow(() -> value.unexpected(expected));
        };
        return ValueForm.oneOf(words).of(reader);
    }

    /** One of some words, which are written exactly so. */
    static <T> ValueType<T> wordOf(Map<String, T> words) {
        String expected = "one of " + String.join(", ", new TreeSet<>(words.keySet()));
        return value -> {
            T meant = words.get(token(value, expected));
            if (meant == null) {
                throw value.unexpected(expected);
            }
            return meant;
        };
    }

    /** The single value that {@code value} must be. */
    static Scalar scalar(Located value, String expected) {
        if (value.setting() instanceof Scalar scalar && !scalar.isNothing()) {
            return scalar;
        }
        throw value.unexpected(expected);
    }

    /** Its text without spaces around it, for types to which they mean nothing. */
    static String token(Located value, String expected) {
        return scalar(value, expected).text().strip();
    }

    private static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> list(Located value) {
        if (value.setting() instanceof Sequence sequence) {
            List<String> texts = new ArrayList<>();
            for (Setting item : sequence.items()) {
                texts.add(TEXT.read(value.item(texts.size(), item)));
            }
            return texts;
        }
        if (value.setting() instanceof Scalar scalar && scalar.kind() == Kind.UNTYPED) {
            return CommaSeparated.split(scalar.text());
        }
        throw value.unexpected("a list of texts, such as [one, two]");
    }

    private static Set<Integer> ports(Located value) {
        Set<Integer> ports = new LinkedHashSet<>();
        for (String text : list(value)) {
            try {
                ports.add(Integer.valueOf(text.strip()));
            } catch (NumberFormatException e) {
                throw value.error("found '" + text + "', expected numbers of ports, such as [8080]");
            }
        }
        return ports;
    }

    private static Map<String, String> map(Located value) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (value.setting() instanceof Mapping mapping) {
            mapping.entries().forEach((name, entry) -> texts.put(name, TEXT.read(value.child(name, entry.value()))));
        } else if (value.setting() instanceof Scalar scalar && scalar.kind() == Kind.UNTYPED) {
            CommaSeparated.split(scalar.text()).forEach(pair -> addPair(pair, value, texts));
        } else {
            throw value.unexpected("an object of texts, such as {NAME: value}");
        }
        return texts;
    }

    /** Messages do not quote the pair: its value may be a secret. */
    private static void addPair(String pair, Located value, Map<String, String> texts) {
        int equals = pair.indexOf('=');
        int number = texts.size() + 1;
        if (equals < 1) {
            throw value.error("pair " + number + " has no name and '=', expected NAME=value pairs, separated by commas"
                    + " (a comma in a value is written \\,)");
        }
        String name = pair.substring(0, equals).strip();
        if (texts.putIfAbsent(name, pair.substring(equals + 1)) != null) {
            throw value.error("'" + name + "' is written twice");
        }
    }
}

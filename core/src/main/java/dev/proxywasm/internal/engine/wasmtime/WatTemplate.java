package dev.proxywasm.internal.engine.wasmtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** WebAssembly text with <code>${NAMES}</code> to be filled in; a resource beside this class. */
final class WatTemplate {

    private static final Pattern NAME = Pattern.compile("\\$\\{([A-Z0-9_]+)}");
    private static final Pattern COMMENT = Pattern.compile(";;.*");

    private final String resource;
    private final Map<String, String> values = new HashMap<>();

    WatTemplate(String resource) {
        this.resource = resource;
    }

    /** Names a text. */
    WatTemplate with(String name, String text) {
        values.put(name, text);
        return this;
    }

    /** Names numbers. */
    WatTemplate with(Map<String, Integer> numbers) {
        numbers.forEach((name, number) -> values.put(name, Integer.toString(number)));
        return this;
    }

    /** The text with every name filled in, in UTF-8. */
    byte[] fill() {
        String code = COMMENT.matcher(load()).replaceAll("");
        return NAME.matcher(code)
                .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1))))
                .getBytes(StandardCharsets.UTF_8);
    }

    private String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("%s names %s, which nobody fills in".formatted(resource, name));
        }
        return value;
    }

    private String load() {
        try (InputStream in = WatTemplate.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource %s is missing beside %s: the jar is damaged"
                        .formatted(resource, WatTemplate.class.getName()));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + resource, e);
        }
    }
}

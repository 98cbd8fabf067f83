package dev.proxywasm.internal.module.oci;

import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) as registries write it: to {@link Map}, {@link List}, {@link String}, {@link Double}, {@link Boolean} and null.
 * Depth is limited, and size by the caller. Of keys that are written twice the last one counts. Used once.
 */
final class Json {

    private static final int MAX_DEPTH = 32;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** The text is not JSON, or not what was expected. */
    static final class JsonException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        JsonException(String problem) {
            super(problem);
        }
    }

    /** The one object that the bytes are. */
    static JsonObject object(byte[] bytes) throws JsonException {
        return object(decode(bytes));
    }

    /** The one object that the text is. */
    static JsonObject object(String text) throws JsonException {
        Json json = new Json(text);
        @Nullable Object value = json.value(1);
        json.skipSpace();
        if (json.at < json.text.length()) {
            throw json.unexpected("the end");
        }
        return JsonObject.of(value);
    }

    private static String decode(byte[] bytes) throws JsonException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new JsonException("it is not UTF-8 text");
        }
    }

    private @Nullable Object value(int depth) throws JsonException {
        if (depth > MAX_DEPTH) {
            throw new JsonException("it is nested more than " + MAX_DEPTH + " levels deep");
        }
        skipSpace();
        return switch (peek()) {
            case '{' -> members(depth);
            case '[' -> items(depth);
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> members(int depth) throws JsonException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        at++;
        if (isNext('}')) {
            return members;
        }
        do {
            skipSpace();
            String name = string();
            expect(':');
            members.put(name, value(depth + 1));
        } while (isNext(','));
        expect('}');
        return members;
    }

    private List<@Nullable Object> items(int depth) throws JsonException {
        List<@Nullable Object> items = new ArrayList<>();
        at++;
        if (isNext(']')) {
            return items;
        }
        do {
            items.add(value(depth + 1));
        } while (isNext(','));
        expect(']');
        return items;
    }

    private String string() throws JsonException {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (true) {
            char c = take();
            if (c == '"') {
                return string.toString();
            }
            if (c < ' ') {
                throw new JsonException("it has a control character in a text");
            }
            string.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() throws JsonException {
        char c = take();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw unexpected("an escape");
        };
    }

    private char unicode() throws JsonException {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(take(), 16);
            if (digit < 0) {
                throw unexpected("four hexadecimal digits");
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }

    private <T> @Nullable T literal(String word, @Nullable T meaning) throws JsonException {
        if (!text.startsWith(word, at)) {
            throw unexpected("a value");
        }
        at += word.length();
        return meaning;
    }

    private Double number() throws JsonException {
        int start = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(start, at);
        if (!number.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
            throw unexpected("a value");
        }
        return Double.valueOf(number);
    }

    private boolean isNext(char expected) {
        skipSpace();
        boolean isNext = at < text.length() && text.charAt(at) == expected;
        at += isNext ? 1 : 0;
        return isNext;
    }

    private void expect(char expected) throws JsonException {
        if (!isNext(expected)) {
            throw unexpected("'" + expected + "'");
        }
    }

    private char peek() throws JsonException {
        if (at >= text.length()) {
            throw new JsonException("it ends too early");
        }
        return text.charAt(at);
    }

    private char take() throws JsonException {
        char c = peek();
        at++;
        return c;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private JsonException unexpected(String expected) {
        return new JsonException("expected " + expected + " at character " + (at + 1));
    }
}

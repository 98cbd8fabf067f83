package dev.proxywasm.internal.config;

import dev.proxywasm.internal.config.Setting.Mapping;
import dev.proxywasm.internal.config.Setting.Scalar;
import dev.proxywasm.internal.config.Setting.Sequence;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes settings as JSON, compact and in the order of the document. Numbers, flags and null keep their kind. Recursion is as deep as the
 * document, whose depth is limited. Used once.
 */
final class JsonText {

    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d+)?");

    private final StringBuilder out = new StringBuilder();

    /** The JSON text of a value. */
    String of(Located value) {
        write(value);
        return out.toString();
    }

    private void write(Located value) {
        if (value.setting() instanceof Mapping mapping) {
            writeObject(value, mapping);
        } else if (value.setting() instanceof Sequence sequence) {
            writeArray(value, sequence);
        } else if (value.setting() instanceof Scalar scalar) {
            writeScalar(value, scalar);
        }
    }

    private void writeObject(Located value, Mapping mapping) {
        String separator = "";
        out.append('{');
        for (Map.Entry<String, Setting.Entry> entry : mapping.entries().entrySet()) {
            out.append(separator);
            writeString(entry.getKey());
            out.append(':');
            write(value.child(entry.getKey(), entry.getValue().value()));
            separator = ",";
        }
        out.append('}');
    }

    private void writeArray(Located value, Sequence sequence) {
        out.append('[');
        for (int i = 0; i < sequence.items().size(); i++) {
            out.append(i == 0 ? "" : ",");
            write(value.item(i, sequence.items().get(i)));
        }
        out.append(']');
    }

    private void writeScalar(Located value, Scalar scalar) {
        switch (scalar.kind()) {
            case TEXT, UNTYPED -> writeString(scalar.text());
            case FLAG -> out.append(scalar.text().toLowerCase(Locale.ROOT));
            case NOTHING -> out.append("null");
            case INTEGER -> out.append(integer(scalar.text()));
            case DECIMAL -> out.append(decimal(value, scalar.text()));
        }
    }

    private static String integer(String text) {
        if (text.startsWith("0x")) {
            return new BigInteger(text.substring(2), 16).toString();
        }
        return text.startsWith("0o")
                ? new BigInteger(text.substring(2), 8).toString()
                : new BigInteger(text).toString();
    }

    /** As written where JSON can say it so: no digit is lost. */
    private static String decimal(Located value, String text) {
        if (JSON_NUMBER.matcher(text).matches()) {
            return text;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".inf") || lower.endsWith(".nan")) {
            throw value.unexpected("a number that JSON has; quote it to hand over a text");
        }
        return new BigDecimal(text).toString();
    }

    private void writeString(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            writeCharacter(text.charAt(i));
        }
        out.append('"');
    }

    private void writeCharacter(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < ' ') {
                    out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}

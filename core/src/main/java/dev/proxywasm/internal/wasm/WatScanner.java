package dev.proxywasm.internal.wasm;

/**
 * Looks for the first token of a file in the text format, past space and comments: {@code ;;} up to the end of the line,
 * and {@code (;} up to {@code ;)}, which nests. Used once.
 */
final class WatScanner {

    private final byte[] text;
    private int position;

    WatScanner(byte[] text) {
        this.text = text;
    }

    /** Whether the first token is {@code (}, with which every module in the text format opens. */
    boolean findsOpeningParenthesis() {
        while (position < text.length) {
            if (at('(', ';')) {
                skipBlockComment();
            } else if (at(';', ';')) {
                skipLineComment();
            } else if (isSpace(text[position])) {
                position++;
            } else {
                return text[position] == '(';
            }
        }
        return false;
    }

    private void skipBlockComment() {
        int depth = 0;
        while (position < text.length) {
            if (at('(', ';')) {
                depth++;
                position += 2;
            } else if (at(';', ')')) {
                depth--;
                position += 2;
            } else {
                position++;
            }
            if (depth == 0) {
                return;
            }
        }
    }

    private void skipLineComment() {
        while (position < text.length && text[position] != '\n') {
            position++;
        }
    }

    private boolean at(char first, char second) {
        return position + 1 < text.length && text[position] == first && text[position + 1] == second;
    }

    private static boolean isSpace(byte c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}

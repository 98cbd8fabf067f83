package dev.proxywasm.spring.boot;

import java.util.LinkedHashMap;

/**
 * A value that is written as a text or as an object; the latter is handed over as JSON. As a map it is what Spring binds: its keys have lost
 * their punctuation, and its lists are maps of numbers, so {@link RawProperties} is asked for what was written.
 */
public final class TextOrObject extends LinkedHashMap<String, Object> {

    private static final long serialVersionUID = 1L;

    private final String text;

    /** An object; the binder puts its entries in. */
    public TextOrObject() {
        this("");
    }

    /** A text. */
    public TextOrObject(String text) {
        this.text = text;
    }

    /** The text; empty for an object. */
    public String text() {
        return text;
    }

    /** Two that are written alike. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TextOrObject that && text.equals(that.text) && super.equals(other);
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + text.hashCode();
    }

    /** Nothing of it: it may be a secret. */
    @Override
    public String toString() {
        return "***";
    }
}

package dev.proxywasm.internal.property;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One row: a property that the host gives a value.
 *
 * @param path one or two segments, joined by a dot
 * @param type how its bytes are to be read
 * @param since from when it has a value
 * @param note what it is, where the name does not say it; for the documentation
 * @param isSettled whether it is cheap to find, and stays as it is during a callback whatever the guest does to headers that are no
 *     pseudo-headers
 * @param source gives the value, in a form that {@link ValueEncoding} knows; null where it is not known
 * @param <S> what values are taken from
 */
public record Attribute<S>(
        String path,
        AttributeType type,
        Since since,
        String note,
        boolean isSettled,
        Function<S, @Nullable Object> source) {

    /** One that may change at any time, or is dear. */
    Attribute(String path, AttributeType type, Since since, String note, Function<S, @Nullable Object> source) {
        this(path, type, since, note, false, source);
    }

    /** The same with a note. */
    Attribute<S> note(String text) {
        return new Attribute<>(path, type, since, text, isSettled, source);
    }

    /** The same, settled. */
    Attribute<S> settled() {
        return new Attribute<>(path, type, since, note, true, source);
    }
}

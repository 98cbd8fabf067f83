package dev.proxywasm.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The headers or trailers of a message: an ordered list of name-value pairs in which names may repeat.
 *
 * <p>Pseudo-headers ({@code :method}, {@code :path}, {@code :authority}, {@code :scheme}, {@code :status}) are ordinary entries and come
 * first. Names match without regard to ASCII case; each entry also remembers the spelling that it was added with.
 *
 * <p>A value is a sequence of bytes held as a string of ISO-8859-1 characters, so that any byte survives: {@code '\u00e9'} is the one
 * byte E9. A text that is meant as UTF-8 must be encoded first.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class HeaderMap {

    private static final String[] NOTHING = {};

    /** How many pairs plugins and servers usually add to a map. */
    private static final int ROOM = 4;

    /** An entry is a name in lower case, its spelling, and its value. */
    private static final int STRIDE = 3;

    private static final int SPELLING = 1;
    private static final int VALUE = 2;

    private String[] entries;
    private int size;
    private int version;

    /** Which names may be there, one bit for all that look alike: most names that are looked for are not, and this tells without a search. */
    private long looks;

    /** An empty map. */
    public HeaderMap() {
        this(16);
    }

    /** An empty map with room for that many pairs before it grows. */
    public HeaderMap(int capacity) {
        entries = capacity == 0 ? NOTHING : new String[capacity * STRIDE];
    }

    /** A map of the given names and values, alternating. */
    public static HeaderMap of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("names and values must alternate; got " + namesAndValues.length);
        }
        HeaderMap map = new HeaderMap(namesAndValues.length / 2 + ROOM);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    /** A copy that can be changed without changing this map. */
    public HeaderMap copy() {
        HeaderMap copy = new HeaderMap(size + ROOM);
        copy.addAll(this);
        return copy;
    }

    /** How many pairs there are. */
    public int size() {
        return size;
    }

    /** Whether there is no pair. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** A number that changes whenever the map does. */
    public int version() {
        return version;
    }

    /** The name of the pair at that position, in lower case. */
    public String name(int index) {
        return entries[checked(index) * STRIDE];
    }

    /** The name of the pair at that position, as it was added. */
    public String spelling(int index) {
        return entries[checked(index) * STRIDE + SPELLING];
    }

    /** The value of the pair at that position. */
    public String value(int index) {
        return entries[checked(index) * STRIDE + VALUE];
    }

    /** The first value of that name, or null if there is none. */
    public @Nullable String get(String name) {
        int index = mayHave(name) ? indexOf(lowerCase(name), 0) : -1;
        return index < 0 ? null : entries[index * STRIDE + VALUE];
    }

    /** All values of that name, in order. */
    public List<String> getAll(String name) {
        List<String> all = new ArrayList<>(2);
        if (mayHave(name)) {
            String key = lowerCase(name);
            for (int i = indexOf(key, 0); i >= 0; i = indexOf(key, i + 1)) {
                all.add(entries[i * STRIDE + VALUE]);
            }
        }
        return all;
    }

    /** Whether there is a pair of that name. */
    public boolean contains(String name) {
        return mayHave(name) && indexOf(lowerCase(name), 0) >= 0;
    }

    /** Appends a pair; a pseudo-header goes behind the last pseudo-header. */
    public void add(String name, String value) {
        append(lowerCase(name), name, value);
    }

    /** Appends a pair unless there is one of that name; tells whether it did. */
    public boolean addIfAbsent(String name, String value) {
        String key = lowerCase(name);
        boolean absent = !mayHave(key) || indexOf(key, 0) < 0;
        if (absent) {
            append(key, name, value);
        }
        return absent;
    }

    private void append(String key, String spelling, String value) {
        insert(isPseudo(key) ? pseudoCount() : size, key, spelling, value);
    }

    /** Appends all pairs of another map. */
    public void addAll(HeaderMap other) {
        for (int i = 0; i < other.size; i++) {
            int at = i * STRIDE;
            insert(size, other.entries[at], other.entries[at + SPELLING], other.entries[at + VALUE]);
        }
    }

    /** Makes this the only pair of its name: in the place of the first one there was, otherwise appended. */
    public void set(String name, String value) {
        String key = lowerCase(name);
        int first = mayHave(key) ? indexOf(key, 0) : -1;
        if (first < 0) {
            append(key, name, value);
            return;
        }
        entries[first * STRIDE + VALUE] = value;
        entries[first * STRIDE + SPELLING] = name;
        removeFrom(first + 1, key);
        version++;
    }

    /** Removes every pair of that name; tells whether there was one. */
    public boolean remove(String name) {
        return mayHave(name) && removeFrom(0, lowerCase(name));
    }

    /** Removes everything. */
    public void clear() {
        Arrays.fill(entries, 0, size * STRIDE, null);
        size = 0;
        looks = 0;
        version++;
    }

    /** Replaces all pairs by those of another map. */
    public void assign(HeaderMap other) {
        HeaderMap source = other.copy();
        clear();
        addAll(source);
    }

    /** Calls {@code action} with the lower-case name and the value of each pair, in order. */
    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < size; i++) {
            action.accept(entries[i * STRIDE], entries[i * STRIDE + VALUE]);
        }
    }

    /** Whether a name is that of a pseudo-header. */
    public static boolean isPseudo(String name) {
        return !name.isEmpty() && name.charAt(0) == ':';
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HeaderMap map && size == map.size && hasSamePairs(map);
    }

    private boolean hasSamePairs(HeaderMap map) {
        for (int at = 0; at < size * STRIDE; at += STRIDE) {
            if (!entries[at].equals(map.entries[at]) || !entries[at + VALUE].equals(map.entries[at + VALUE])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = size;
        for (int at = 0; at < size * STRIDE; at += STRIDE) {
            hash = 31 * (31 * hash + entries[at].hashCode()) + entries[at + VALUE].hashCode();
        }
        return hash;
    }

    /** Names only: values may be secrets. */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>(size);
        forEach((name, value) -> names.add(name));
        return names.toString();
    }

    private int checked(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("pair " + index + " of " + size);
        }
        return index;
    }

    private int indexOf(String key, int from) {
        for (int i = from; i < size; i++) {
            if (entries[i * STRIDE].equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private boolean mayHave(String name) {
        return (looks & look(name)) != 0;
    }

    /**
     * By length, first and last letter, in upper or lower case, in such a mixture that common names which are there seldom look like others
     * that are not.
     */
    private static long look(String name) {
        int length = name.length();
        return length == 0 ? 1 : 1L << (length * 43 + (name.charAt(0) | 0x20) * 2 + (name.charAt(length - 1) | 0x20));
    }

    private int pseudoCount() {
        int count = 0;
        while (count < size && isPseudo(entries[count * STRIDE])) {
            count++;
        }
        return count;
    }

    private void insert(int index, String key, String spelling, String value) {
        int at = index * STRIDE;
        int end = size * STRIDE;
        if (end == entries.length) {
            entries = Arrays.copyOf(entries, Math.max(8, size * 2) * STRIDE);
        }
        if (at < end) {
            System.arraycopy(entries, at, entries, at + STRIDE, end - at);
        }
        entries[at] = key;
        entries[at + SPELLING] = spelling;
        entries[at + VALUE] = value;
        looks |= look(key);
        size++;
        version++;
    }

    private boolean removeFrom(int from, String key) {
        int kept = from;
        for (int i = from; i < size; i++) {
            if (!entries[i * STRIDE].equals(key)) {
                System.arraycopy(entries, i * STRIDE, entries, kept * STRIDE, STRIDE);
                kept++;
            }
        }
        boolean removed = kept < size;
        if (removed) {
            Arrays.fill(entries, kept * STRIDE, size * STRIDE, null);
            size = kept;
            version++;
        }
        return removed;
    }

    /** ASCII only and without a locale: a name in lower case, the common case, comes back as it is. */
    private static String lowerCase(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                return UsualNames.lowerCase(name);
            }
        }
        return name;
    }
}

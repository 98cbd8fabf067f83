package dev.proxywasm.internal.hostcall;

import dev.proxywasm.Limits;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.codec.MapCodec;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a guest may put into a header map, so that nothing it writes can break a message.
 *
 * <ul>
 *   <li>Names are lower-cased. Characters that no name may hold are stripped, as are CR, LF and NUL from values.
 *   <li>Pseudo-headers occur once: adding one replaces it, removing it does nothing. Those that the message does not have are
 *       ignored, as are values that no message can have, such as a {@code :status} that is no final status.
 *   <li>{@code host} in a request's headers means {@code :authority}.
 *   <li>A map grows to the plugin's limits at most; beyond, the call is refused.
 * </ul>
 *
 * <p>What is stripped or ignored is warned of; the call still answers OK, since the Rust SDK panics on any other answer.
 */
final class HeaderRules {

    private static final String HOST = "host";
    private static final String AUTHORITY = ":authority";
    private static final String METHOD = ":method";
    private static final String STATUS = ":status";
    private static final Pattern FINAL_STATUS = Pattern.compile("[2-9][0-9]{2}");
    private static final List<String> OF_REQUEST = List.of(METHOD, ":path", AUTHORITY, ":scheme");
    private static final List<String> OF_RESPONSE = List.of(STATUS);
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private final GuestCall call;
    private final MapType type;

    /** The rules for a map of that type, in that call. */
    HeaderRules(GuestCall call, MapType type) {
        this.call = call;
        this.type = type;
    }

    /** The first value of a name, or null. */
    static @Nullable String find(HeaderMap map, MapType type, String name) {
        String value = map.get(name);
        boolean isAlias = value == null && type == MapType.HTTP_REQUEST_HEADERS && HOST.equalsIgnoreCase(name);
        return isAlias ? map.get(AUTHORITY) : value;
    }

    /** Whether a pair goes into a map as it is, whatever the map has. */
    static boolean isPlain(MapType type, String name, String value) {
        boolean isAlias = type == MapType.HTTP_REQUEST_HEADERS && name.equals(HOST);
        return !name.isEmpty()
                && !HeaderMap.isPseudo(name)
                && !isAlias
                && isAllowed(name, true)
                && isAllowed(value, false);
    }

    /** Whether a map may grow by a pair. */
    static boolean hasRoom(HeaderMap map, String name, String value, Limits limits) {
        return map.size() < limits.headerCount() && sizeOf(map) + pairSize(name, value) <= limits.headerBytes();
    }

    /** Appends a pair. */
    void add(HeaderMap map, String name, String value) {
        String key = name(name);
        String text = value(key, value);
        if (HeaderMap.isPseudo(key)) {
            setAccepted(map, key, text);
        } else if (text != null) {
            requireRoom(map, map.size() + 1, sizeOf(map) + pairSize(key, text));
            map.add(key, text);
        }
    }

    /** Makes a pair the only one of its name. */
    void replace(HeaderMap map, String name, String value) {
        String key = name(name);
        setAccepted(map, key, value(key, value));
    }

    /** Removes every pair of a name. */
    void remove(HeaderMap map, String name) {
        String key = name(name);
        if (!key.isEmpty() && !HeaderMap.isPseudo(key)) {
            map.remove(key);
        }
    }

    /** Replaces all pairs; pseudo-headers that are not among the new ones stay. */
    void assign(HeaderMap map, HeaderMap wanted) {
        HeaderMap fresh = new HeaderMap(wanted.size() + OF_REQUEST.size());
        boolean namesAuthority = wanted.contains(AUTHORITY);
        for (int i = 0; i < wanted.size(); i++) {
            if (!(namesAuthority && wanted.name(i).equals(HOST))) {
                put(fresh, wanted.name(i), wanted.value(i));
            }
        }
        for (String pseudo : known()) {
            String old = map.get(pseudo);
            if (old != null && !fresh.contains(pseudo)) {
                fresh.add(pseudo, old);
            }
        }
        requireRoom(map, fresh.size(), MapCodec.encodedSize(fresh));
        map.assign(fresh);
    }

    /** The pairs that a local response may carry besides those that the host makes. */
    HeaderMap extra(HeaderMap wanted) {
        HeaderMap extra = new HeaderMap(wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            if (!HeaderMap.isPseudo(wanted.name(i))) {
                put(extra, wanted.name(i), wanted.value(i));
            } else {
                call.warn("ignored " + Printable.text(wanted.name(i)) + " among the headers");
            }
        }
        requireRoom(new HeaderMap(0), extra.size(), MapCodec.encodedSize(extra));
        return extra;
    }

    private void put(HeaderMap map, String name, String value) {
        String key = name(name);
        String text = value(key, value);
        if (text == null) {
            return;
        }
        if (HeaderMap.isPseudo(key)) {
            map.set(key, text);
        } else {
            map.add(key, text);
        }
    }

    private void setAccepted(HeaderMap map, String key, @Nullable String text) {
        if (text == null) {
            return;
        }
        long size = sizeOf(map) + pairSize(key, text);
        for (String old : map.getAll(key)) {
            size -= pairSize(key, old);
        }
        requireRoom(map, map.size() + (map.contains(key) ? 0 : 1), size);
        map.set(key, text);
    }

    /** The name as the map has it, or empty if nothing usable is left of it. */
    private String name(String given) {
        String key = strip(given.toLowerCase(Locale.ROOT), true);
        if (key.length() < given.length()) {
            call.warn("stripped characters that no header name may hold from " + Printable.quoted(given));
        }
        if (HeaderMap.isPseudo(key) && !known().contains(key)) {
            call.warn("ignored " + Printable.text(key) + ", a pseudo-header that " + type + " does not have");
            return "";
        }
        return type == MapType.HTTP_REQUEST_HEADERS && key.equals(HOST) ? AUTHORITY : key;
    }

    /** The value as the map has it, or null if the pair is to be ignored. */
    private @Nullable String value(String key, String given) {
        if (key.isEmpty()) {
            return null;
        }
        String text = strip(given, false);
        if (text.length() < given.length()) {
            call.warn("stripped CR, LF or NUL from the value of " + key);
        }
        if (HeaderMap.isPseudo(key) && !isUsable(key, text)) {
            call.warn("ignored the value of " + key + ", which cannot be sent");
            return null;
        }
        return text;
    }

    private static boolean isUsable(String pseudo, String value) {
        return switch (pseudo) {
            case STATUS -> FINAL_STATUS.matcher(value).matches();
            case METHOD -> !value.isEmpty() && !HeaderMap.isPseudo(value) && isName(value.toLowerCase(Locale.ROOT));
            default -> !value.isEmpty();
        };
    }

    private List<String> known() {
        return switch (type) {
            case HTTP_REQUEST_HEADERS -> OF_REQUEST;
            case HTTP_RESPONSE_HEADERS -> OF_RESPONSE;
            default -> List.of();
        };
    }

    /** Refuses to grow a map beyond the limits; one that arrived larger may be changed, but not grow. */
    private void requireRoom(HeaderMap map, int pairsAfter, long sizeAfter) {
        Limits limits = call.scope().plugin().limits();
        if (pairsAfter > limits.headerCount() && pairsAfter > map.size()) {
            throw Refusal.overLimit(pairsAfter, "pairs", "header-count", limits.headerCount());
        }
        if (sizeAfter > limits.headerBytes() && sizeAfter > sizeOf(map)) {
            throw Refusal.overLimit(sizeAfter, "bytes", "header-bytes", limits.headerBytes());
        }
    }

    /** The serialised size, the count included even if there is nothing to count. */
    private static long sizeOf(HeaderMap map) {
        return Math.max(4, MapCodec.encodedSize(map));
    }

    private static long pairSize(String name, String value) {
        return 10L + name.length() + value.length();
    }

    private static boolean isName(String text) {
        return isAllowed(text, true);
    }

    private static String strip(String text, boolean isName) {
        int i = allowedLength(text, isName);
        if (i == text.length()) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length()).append(text, 0, i);
        for (; i < text.length(); i++) {
            if (isAllowed(text, i, isName)) {
                kept.append(text.charAt(i));
            }
        }
        return kept.toString();
    }

    private static boolean isAllowed(String text, boolean isName) {
        return allowedLength(text, isName) == text.length();
    }

    private static int allowedLength(String text, boolean isName) {
        int i = 0;
        while (i < text.length() && isAllowed(text, i, isName)) {
            i++;
        }
        return i;
    }

    private static boolean isAllowed(String text, int at, boolean isName) {
        char c = text.charAt(at);
        if (!isName) {
            return c != '\r' && c != '\n' && c != 0;
        }
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || TOKEN_MARKS.indexOf(c) >= 0 || c == ':' && at == 0;
    }
}

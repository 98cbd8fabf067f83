package dev.proxywasm.internal.fastpath;

import dev.proxywasm.http.HeaderMap;
import java.util.Set;

/** Which maps the code in the sandbox may replace as a whole: those whose pseudo-headers no rule of Java's would touch. */
final class PseudoHeaders {

    private static final int REQUEST = 0;
    private static final int RESPONSE = 2;
    private static final String METHOD = ":method";
    private static final String STATUS = ":status";
    private static final Set<String> OF_REQUEST = Set.of(METHOD, ":path", ":authority", ":scheme");

    private PseudoHeaders() {}

    /** Whether a map of that type has its pseudo-headers first, each once, and with values that can be sent. */
    static boolean arePlain(int type, HeaderMap map) {
        int first = 0;
        while (first < map.size() && HeaderMap.isPseudo(map.name(first))) {
            if (!isPlain(type, map.name(first), map.value(first)) || isAmong(map, first)) {
                return false;
            }
            first++;
        }
        for (int i = first; i < map.size(); i++) {
            if (HeaderMap.isPseudo(map.name(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the name of a pair is that of one before it, too. */
    private static boolean isAmong(HeaderMap map, int pair) {
        for (int i = 0; i < pair; i++) {
            if (map.name(i).equals(map.name(pair))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPlain(int type, String name, String value) {
        return switch (type) {
            case REQUEST ->
                OF_REQUEST.contains(name) && !value.isEmpty() && (!name.equals(METHOD) || isAll(value, 'A', 'Z'));
            case RESPONSE ->
                name.equals(STATUS) && value.length() == 3 && isAll(value, '0', '9') && value.charAt(0) >= '2';
            default -> false;
        };
    }

    private static boolean isAll(String text, char lowest, char highest) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < lowest || text.charAt(i) > highest) {
                return false;
            }
        }
        return true;
    }
}

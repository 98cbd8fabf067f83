package dev.proxywasm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the forms that servers may route a request path by, so that no spelling of it slips past a plugin.
 *
 * <p>Servers agree on plain paths. They do not on others: whether {@code %2F} and a backslash separate segments, whether
 * {@code ;parameters} are cut before or after dot segments are resolved, whether escapes are decoded first. One form that is right for one
 * server leads around a plugin in front of another ({@code /private/x%2F..%2F..%2Fpublic}). So all of them count.
 */
final class PathNormalizer {

    private PathNormalizer() {}

    /** The forms of a path, without its query; one in normal form has itself only. */
    static Set<String> forms(String path) {
        String plain = withoutAuthority(withoutQuery(path));
        if (isNormal(plain)) {
            return Set.of(plain);
        }
        Set<String> forms = new LinkedHashSet<>();
        forms.add(plain);
        for (String cut : List.of(withoutParameters(plain), plain)) {
            addDecoded(forms, decode(cut));
            forms.add(resolved(segments(cut, false)));
        }
        addDecoded(forms, withoutParameters(decode(plain)));
        return forms;
    }

    private static void addDecoded(Set<String> forms, String decoded) {
        List<String> segments = segments(decoded, true);
        forms.add(decoded);
        forms.add(joined(segments, false));
        forms.add(resolved(segments));
    }

    private static String withoutQuery(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    /** The path of a request target in absolute form. */
    private static String withoutAuthority(String target) {
        int scheme = target.startsWith("/") ? -1 : target.indexOf("://");
        if (scheme < 0) {
            return target;
        }
        int path = target.indexOf('/', scheme + 3);
        return path < 0 ? "/" : target.substring(path);
    }

    private static boolean isNormal(String path) {
        return path.indexOf('%') < 0
                && path.indexOf(';') < 0
                && path.indexOf('\\') < 0
                && !path.contains("//")
                && !path.contains("/.");
    }

    private static String withoutParameters(String path) {
        return path.replaceAll(";[^/]*", "");
    }

    /** An escape that is none stays as it is: servers refuse such a path, and a filter must not fail on it. */
    private static String decode(String path) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(path.length());
        byte[] bytes = path.getBytes(ISO_8859_1);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low >= 0) {
                decoded.write(high << 4 | low);
                i += 2;
            } else {
                decoded.write(bytes[i]);
            }
        }
        return decoded.toString(ISO_8859_1);
    }

    /** The segments of a path; decoded ones are taken apart at every separator, others at the slash, and then decoded. */
    private static List<String> segments(String path, boolean isDecoded) {
        List<String> segments = new ArrayList<>();
        for (String segment : (isDecoded ? path.replace('\\', '/') : path).split("/", -1)) {
            segments.add(isDecoded ? segment : decode(segment));
        }
        return segments;
    }

    private static String resolved(List<String> segments) {
        Deque<String> resolved = new ArrayDeque<>();
        for (String segment : segments) {
            if (segment.equals("..")) {
                resolved.pollLast();
            } else if (!segment.equals(".") && !segment.isEmpty()) {
                resolved.addLast(segment);
            }
        }
        String last = segments.get(segments.size() - 1);
        return joined(resolved, last.isEmpty() || last.equals(".") || last.equals(".."));
    }

    private static String joined(Iterable<String> segments, boolean isDirectory) {
        StringBuilder path = new StringBuilder();
        for (String segment : segments) {
            if (!segment.isEmpty()) {
                path.append('/').append(segment);
            }
        }
        return path.isEmpty() || isDirectory ? path.append('/').toString() : path.toString();
    }
}

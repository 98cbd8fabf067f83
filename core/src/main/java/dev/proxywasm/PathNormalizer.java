package dev.proxywasm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Brings a request path into the form that servers route by, so that another spelling of it cannot slip past a plugin: without query and
 * {@code ;parameters}, percent-decoded once, without empty, {@code .} and {@code ..} segments.
 */
final class PathNormalizer {

    private PathNormalizer() {}

    /** The normal form; a path in normal form comes back as it is, but for its query. */
    static String normalize(String path) {
        int query = path.indexOf('?');
        String plain = query < 0 ? path : path.substring(0, query);
        return isNormal(plain) ? plain : resolve(decode(withoutParameters(plain)));
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

    private static String resolve(String path) {
        Deque<String> segments = new ArrayDeque<>();
        String[] parts = path.replace('\\', '/').split("/", -1);
        for (String part : parts) {
            if (part.equals("..")) {
                segments.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                segments.addLast(part);
            }
        }
        String last = parts[parts.length - 1];
        boolean directory = last.isEmpty() || last.equals(".") || last.equals("..");
        return "/" + String.join("/", segments) + (directory && !segments.isEmpty() ? "/" : "");
    }
}

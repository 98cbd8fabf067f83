package dev.proxywasm.servlet;

import jakarta.servlet.http.Cookie;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cookies as they stand in headers (RFC 6265). */
final class Cookies {

    private static final Map<String, String> SPELLINGS = Map.of(
            "domain", "Domain",
            "path", "Path",
            "secure", "Secure",
            "httponly", "HttpOnly",
            "samesite", "SameSite",
            "partitioned", "Partitioned");

    private static final Set<String> FLAGS = Set.of("secure", "httponly", "partitioned");

    private Cookies() {}

    /** The cookies of Cookie headers; null, as the Servlet API wants it, if there are none. A malformed one is left out. */
    static Cookie @Nullable [] parse(List<String> headers) {
        List<Cookie> cookies = new ArrayList<>();
        for (String header : headers) {
            for (String pair : header.split(";", -1)) {
                addCookie(cookies, pair.trim());
            }
        }
        return cookies.isEmpty() ? null : cookies.toArray(new Cookie[0]);
    }

    private static void addCookie(List<Cookie> cookies, String pair) {
        int equals = pair.indexOf('=');
        if (equals <= 0 || pair.charAt(0) == '$') {
            return;
        }
        String value = pair.substring(equals + 1).trim();
        if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
            value = value.substring(1, value.length() - 1);
        }
        try {
            cookies.add(new Cookie(pair.substring(0, equals).trim(), value));
        } catch (IllegalArgumentException noToken) {
            // The client sent a name that is none: the servers leave such a cookie out as well.
        }
    }

    /**
     * The value of a Set-Cookie header.
     *
     * @throws IllegalArgumentException if the value, or an attribute, has a character that it may not have
     */
    static String format(Cookie cookie) {
        StringBuilder text = new StringBuilder(64);
        text.append(cookie.getName()).append('=').append(checked(cookie.getName(), cookie.getValue()));
        int maxAge = cookie.getMaxAge();
        if (maxAge >= 0) {
            text.append("; Max-Age=").append(maxAge).append("; Expires=");
            text.append(HttpDates.format(maxAge == 0 ? 10_000 : System.currentTimeMillis() + maxAge * 1000L));
        }
        cookie.getAttributes().forEach((name, value) -> appendAttribute(text, name, value));
        return text.toString();
    }

    private static void appendAttribute(StringBuilder text, String name, @Nullable String value) {
        String key = name.toLowerCase(Locale.ROOT);
        boolean flag = FLAGS.contains(key);
        if (key.equals("max-age") || value == null || (flag && value.equals("false"))) {
            return;
        }
        requireOneAttribute(key, value);
        text.append("; ").append(SPELLINGS.getOrDefault(key, name));
        if (!flag && !value.isEmpty()) {
            text.append('=').append(value);
        }
    }

    /** A semicolon would begin another attribute. */
    private static void requireOneAttribute(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == ';' || c == 0x7F) {
                throw new IllegalArgumentException("the attribute " + name + " of a cookie has the character " + (int) c
                        + ", which no attribute may have");
            }
        }
    }

    private static String checked(String name, @Nullable String value) {
        if (value == null) {
            return "";
        }
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        for (int i = quoted ? 1 : 0; i < value.length() - (quoted ? 1 : 0); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c == '"' || c == ',' || c == ';' || c == '\\' || c == 0x7F) {
                throw new IllegalArgumentException("cookie '" + name + "' has a value with the character " + (int) c
                        + ", which no cookie may have");
            }
        }
        return value;
    }
}

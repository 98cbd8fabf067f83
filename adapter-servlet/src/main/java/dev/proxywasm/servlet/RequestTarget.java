package dev.proxywasm.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes after the chain: where the client sent it, or where a filter's {@code :path} points.
 *
 * @param path still encoded, without query
 * @param query without question mark; null if there is none
 * @param movesPath whether the path is another than the client's
 * @param movesQuery whether the query is another than the client's
 */
record RequestTarget(String path, @Nullable String query, boolean movesPath, boolean movesQuery) {

    private static final Pattern PATH_PARAMETER = Pattern.compile(";[^/]*");
    private static final Pattern SLASHES = Pattern.compile("/{2,}");

    /** The target of those headers, where the client's {@code :path} was {@code sent}. */
    static RequestTarget of(RequestHeaders headers, String sent, HttpServletRequest raw) {
        String originalQuery = raw.getQueryString();
        String original = raw.getRequestURI();
        String target = headers.pseudo(":path", sent);
        if (target.equals(sent)) {
            return new RequestTarget(original, originalQuery, false, false);
        }
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? null : target.substring(mark + 1);
        return new RequestTarget(path, query, !path.equals(original), !Objects.equals(query, originalQuery));
    }

    /**
     * The path within the web application to forward to; null if it is none that a client may ask for: outside of the application, or in
     * its {@code WEB-INF} or {@code META-INF}, which a forward would serve.
     */
    @Nullable
    String withinContext(String contextPath) {
        if (!path.startsWith(contextPath + "/")) {
            return null;
        }
        String within = path.substring(contextPath.length());
        return isPublic(within) ? within : null;
    }

    private static boolean isPublic(String within) {
        String plain;
        try {
            plain = URLDecoder.decode(
                    PATH_PARAMETER.matcher(within).replaceAll("").replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return false;
        }
        plain = SLASHES.matcher(plain.replace('\\', '/')).replaceAll("/").toUpperCase(Locale.ROOT);
        return !plain.contains("/../")
                && !plain.endsWith("/..")
                && !plain.contains("/./")
                && plain.indexOf('\0') < 0
                && !isBelow(plain, "/WEB-INF")
                && !isBelow(plain, "/META-INF");
    }

    private static boolean isBelow(String path, String folder) {
        return path.startsWith(folder) && (path.length() == folder.length() || path.charAt(folder.length()) == '/');
    }
}

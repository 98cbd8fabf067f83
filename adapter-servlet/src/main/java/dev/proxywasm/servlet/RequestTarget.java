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
 * @param path still encoded, without query; like the query, only of meaning where the filter moved the request
 * @param query without question mark; null if there is none
 * @param originalQuery the client's, where the query is another one
 * @param movesPath whether the path is another than the client's
 * @param movesQuery whether the query is another than the client's
 */
record RequestTarget(
        String path, @Nullable String query, @Nullable String originalQuery, boolean movesPath, boolean movesQuery) {

    /** Of a request that stays where the client sent it, which the container knows. */
    private static final RequestTarget UNMOVED = new RequestTarget("", null, null, false, false);

    private static final Pattern PATH_PARAMETER = Pattern.compile(";[^/]*");
    private static final Pattern SLASHES = Pattern.compile("/{2,}");

    /** The target of those headers, where the client's {@code :path} was {@code sent}. */
    static RequestTarget of(RequestHeaders headers, String sent, HttpServletRequest raw) {
        String target = headers.pseudo(":path", sent);
        if (target.equals(sent)) {
            return UNMOVED;
        }
        String originalQuery = raw.getQueryString();
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? null : target.substring(mark + 1);
        boolean movesPath = !path.equals(raw.getRequestURI());
        return new RequestTarget(path, query, originalQuery, movesPath, !Objects.equals(query, originalQuery));
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

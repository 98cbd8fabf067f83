package dev.proxywasm;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The requests that a plugin is for.
 *
 * @param paths servlet-style patterns: {@code /*} for all, {@code /prefix/*}, {@code *.suffix}, or one exact path; the query is not looked at
 * @param methods request methods in upper case; empty for all
 */
public record Match(List<String> paths, Set<String> methods) {

    /** Every request. */
    public static final Match ALL = new Match(List.of("/*"), Set.of());

    /**
     * Checks the patterns.
     *
     * @throws IllegalArgumentException if a pattern is none of the four forms
     */
    public Match {
        paths = paths.isEmpty() ? List.of("/*") : List.copyOf(paths);
        methods =
                methods.stream().map(method -> method.toUpperCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        paths.forEach(Match::check);
    }

    /** Whether a request is meant; {@code path} may have a query. */
    public boolean matches(String method, String path) {
        return (methods.isEmpty() || methods.contains(method)) && matchesPath(path);
    }

    private boolean matchesPath(String path) {
        int query = path.indexOf('?');
        int end = query < 0 ? path.length() : query;
        for (String pattern : paths) {
            if (matches(pattern, path, end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String pattern, String path, int end) {
        if (pattern.equals("/*")) {
            return true;
        }
        if (pattern.endsWith("/*")) {
            int prefix = pattern.length() - 2;
            return path.startsWith(pattern.substring(0, prefix))
                    && (end == prefix || end > prefix && path.charAt(prefix) == '/');
        }
        if (pattern.startsWith("*.")) {
            return end >= pattern.length() - 1 && path.startsWith(pattern.substring(1), end - pattern.length() + 1);
        }
        return pattern.length() == end && path.startsWith(pattern);
    }

    private static void check(String pattern) {
        boolean prefix =
                pattern.startsWith("/") && (pattern.indexOf('*') < 0 || pattern.indexOf("/*") == pattern.length() - 2);
        boolean suffix = pattern.startsWith("*.") && pattern.indexOf('*', 1) < 0 && pattern.indexOf('/') < 0;
        if (!prefix && !suffix) {
            throw new IllegalArgumentException(
                    "path pattern '" + pattern + "' is none of /*, /prefix/*, *.suffix or an exact /path");
        }
    }
}

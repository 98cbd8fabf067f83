package dev.proxywasm;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The requests that a plugin is for.
 *
 * @param paths servlet-style patterns: {@code /*} for all, {@code /prefix/*}, {@code *.suffix}, or one exact path; the path is
 *     compared as servers route it: decoded, without query and {@code ;parameters}, without empty and dot segments. Where servers
 *     differ in that, a request is meant if it is for one of them
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
        if (paths.contains("/*")) {
            return true;
        }
        for (String form : PathNormalizer.forms(path)) {
            for (String pattern : paths) {
                if (fits(pattern, form)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean fits(String pattern, String path) {
        if (pattern.endsWith("/*")) {
            String prefix = pattern.substring(0, pattern.length() - 2);
            return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
        }
        return pattern.startsWith("*.") ? path.endsWith(pattern.substring(1)) : path.equals(pattern);
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

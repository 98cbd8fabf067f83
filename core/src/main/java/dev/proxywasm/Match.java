package dev.proxywasm;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The requests that a plugin is for, or that an override of it is for. A request is meant if it fits every component.
 *
 * @param paths servlet-style patterns: {@code /*} for all, {@code /prefix/*}, {@code *.suffix}, or one exact path; the path is
 *     compared as servers route it: decoded, without query and {@code ;parameters}, without empty and dot segments
 * @param methods request methods in upper case; empty for all
 * @param hosts what clients call the server: a name, or {@code *.example.com} for every name below it; without regard to case, port and a
 *     final dot; empty for all
 * @param ports ports of this server that the request came in by; empty for all
 */
public record Match(List<String> paths, Set<String> methods, Set<String> hosts, Set<Integer> ports) {

    /** Every request. */
    public static final Match ALL = new Match(List.of("/*"), Set.of());

    private static final String ANY_PATH = "/*";
    private static final String BELOW = "*.";

    /**
     * Checks the patterns.
     *
     * @throws IllegalArgumentException naming the pattern, name or port that is none
     */
    public Match {
        paths = paths.isEmpty() ? List.of(ANY_PATH) : List.copyOf(paths);
        methods =
                methods.stream().map(method -> method.toUpperCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        ports = Set.copyOf(ports);
        paths.forEach(Match::checkPath);
        hosts.forEach(Match::checkHost);
        ports.forEach(Match::checkPort);
    }

    /** Requests of every host and port. */
    public Match(List<String> paths, Set<String> methods) {
        this(paths, methods, Set.of(), Set.of());
    }

    /**
     * Whether a request may be meant. Servers route unusual spellings of a path differently; it is meant if one of them would.
     *
     * @param path may have a query
     * @param authority the host that the client asked for, with or without port
     * @param port the port of this server that the request came in by; -1 if it is not known
     */
    public boolean mayMean(String method, String path, String authority, int port) {
        return fitsAllBut(method, authority, port)
                && (paths.contains(ANY_PATH)
                        || PathNormalizer.forms(path).stream().anyMatch(this::fitsAPath));
    }

    /**
     * Whether a request is meant for certain, however a server routes the spelling of its path: the question where a match takes a plugin
     * away instead of adding one.
     *
     * @param path as for {@link #mayMean}, like the rest
     */
    public boolean surelyMeans(String method, String path, String authority, int port) {
        return fitsAllBut(method, authority, port)
                && (paths.contains(ANY_PATH)
                        || PathNormalizer.forms(path).stream().allMatch(this::fitsAPath));
    }

    private boolean fitsAllBut(String method, String authority, int port) {
        return (methods.isEmpty() || methods.contains(method))
                && (hosts.isEmpty() || fitsAHost(authority))
                && (ports.isEmpty() || ports.contains(port));
    }

    private boolean fitsAPath(String path) {
        for (String pattern : paths) {
            if (fits(pattern, path)) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(String pattern, String path) {
        if (pattern.endsWith("/*")) {
            String prefix = pattern.substring(0, pattern.length() - 2);
            return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
        }
        return pattern.startsWith(BELOW) ? path.endsWith(pattern.substring(1)) : path.equals(pattern);
    }

    private boolean fitsAHost(String authority) {
        String host = hostOf(authority);
        return hosts.stream().anyMatch(pattern -> fitsHost(pattern, host));
    }

    private static boolean fitsHost(String pattern, String host) {
        return pattern.startsWith(BELOW) ? host.endsWith(pattern.substring(1)) : host.equals(pattern);
    }

    /** Without the port and a final dot; a colon within brackets belongs to an address. */
    private static String hostOf(String authority) {
        int colon = authority.lastIndexOf(':');
        String host = colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
        return (host.endsWith(".") ? host.substring(0, host.length() - 1) : host).toLowerCase(Locale.ROOT);
    }

    private static void checkPath(String pattern) {
        boolean prefix =
                pattern.startsWith("/") && (pattern.indexOf('*') < 0 || pattern.indexOf("/*") == pattern.length() - 2);
        boolean suffix = pattern.startsWith(BELOW) && pattern.indexOf('*', 1) < 0 && pattern.indexOf('/') < 0;
        if (!prefix && !suffix) {
            throw new IllegalArgumentException(
                    "path pattern '" + pattern + "' is none of /*, /prefix/*, *.suffix or an exact /path");
        }
    }

    private static void checkHost(String host) {
        String name = host.startsWith(BELOW) ? host.substring(BELOW.length()) : host;
        if (!name.matches("[a-z0-9_-]+(\\.[a-z0-9_-]+)*|\\[[0-9a-f:.]+]")) {
            throw new IllegalArgumentException("host '" + host
                    + "' is neither a name such as api.example.com, *.example.com or [::1], without a port");
        }
    }

    private static void checkPort(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not from 1 to 65535");
        }
    }
}

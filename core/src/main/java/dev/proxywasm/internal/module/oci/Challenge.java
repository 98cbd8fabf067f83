package dev.proxywasm.internal.module.oci;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server wants before it answers (RFC 9110, 11.6.1).
 *
 * @param scheme in lower case: {@code basic}, {@code bearer}
 * @param parameters by name in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern PARAMETER =
            Pattern.compile("(" + TOKEN + ")[ \\t]*=[ \\t]*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(" + TOKEN + "))");
    private static final Pattern SCHEME = Pattern.compile("(" + TOKEN + ")(?:[ \\t]+|(?=,|$))");
    private static final Pattern TOKEN68 = Pattern.compile("[A-Za-z0-9._~+/-]+=*[ \\t]*(?=,|$)");
    private static final Pattern SEPARATOR = Pattern.compile("[ \\t,]*");
    private static final int LONGEST = 8192;

    /** All challenges of the values of {@code WWW-Authenticate}; what follows something unreadable in one value is left out. */
    static List<Challenge> parse(List<String> values) {
        List<Challenge> challenges = new ArrayList<>();
        for (String value : values) {
            if (value.length() <= LONGEST) {
                parse(value, challenges);
            }
        }
        return challenges;
    }

    private static void parse(String value, List<Challenge> challenges) {
        @Nullable Challenge current = null;
        int at = end(SEPARATOR, value, 0);
        while (at < value.length()) {
            Matcher parameter = PARAMETER.matcher(value).region(at, value.length());
            Matcher scheme = SCHEME.matcher(value).region(at, value.length());
            if (current != null && parameter.lookingAt()) {
                current.parameters().putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), text(parameter));
                at = parameter.end();
            } else if (scheme.lookingAt()) {
                current = new Challenge(scheme.group(1).toLowerCase(Locale.ROOT), new LinkedHashMap<>());
                challenges.add(current);
                at = scheme.end();
                at = end(PARAMETER, value, at) > at ? at : end(TOKEN68, value, at);
            } else {
                return;
            }
            at = end(SEPARATOR, value, at);
        }
    }

    /** Where a match that begins here ends; {@code start} if there is none. */
    private static int end(Pattern pattern, String value, int start) {
        Matcher matcher = pattern.matcher(value).region(start, value.length());
        return matcher.lookingAt() ? matcher.end() : start;
    }

    private static String text(Matcher parameter) {
        String quoted = parameter.group(2);
        return quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1");
    }

    /** A parameter; empty if it is absent. */
    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}

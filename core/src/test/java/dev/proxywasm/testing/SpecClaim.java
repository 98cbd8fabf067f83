package dev.proxywasm.testing;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of the index, and what a claim of a {@link Spec} stands for.
 *
 * @param version 0.1.0, 0.2.0, 0.2.1 or wasi
 * @param function its name, or * for all
 * @param status as the enums have it
 */
public record SpecClaim(String version, String function, String status) {

    private static final Pattern FORM = Pattern.compile("(0\\.1\\.0|0\\.2\\.[01]|wasi)#([a-z0-9_,]+|\\*) ([A-Z_]+)");

    /** Reads {@code 0.2.1#proxy_log OK}; several functions are separated by commas. */
    static List<SpecClaim> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no claim such as '0.2.1#proxy_log OK'");
        }
        return Arrays.stream(matcher.group(2).split(","))
                .map(function -> new SpecClaim(matcher.group(1), function, matcher.group(3)))
                .toList();
    }

    @Override
    public String toString() {
        return version + "#" + function + " " + status;
    }
}

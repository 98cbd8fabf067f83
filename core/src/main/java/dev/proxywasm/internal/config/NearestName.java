package dev.proxywasm.internal.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds the name that a mistyped one was probably meant to be. */
final class NearestName {

    private final List<String> names;

    NearestName(List<String> names) {
        this.names = List.copyOf(names);
    }

    /** "did you mean 'x'?", or the names that there are on its level. */
    String suggestionFor(String mistyped) {
        String plain = plain(mistyped);
        return names.stream()
                .min(Comparator.comparingInt(name -> distance(plain, name)))
                .filter(name -> distance(plain, name) <= Math.max(2, plain.length() / 4))
                .map(name -> "did you mean '" + name + "'?")
                .orElseGet(() -> "expected one of " + namesBeside(mistyped));
    }

    private String namesBeside(String mistyped) {
        String level = mistyped.substring(0, mistyped.lastIndexOf('.') + 1);
        String group = names.stream().anyMatch(name -> name.startsWith(level)) ? level : "";
        return names.stream()
                .filter(name -> name.startsWith(group))
                .map(name -> name.substring(group.length()).replaceFirst("\\..*", ""))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** The distance to the name or, for a nested key in the wrong place, to its last part. */
    private static int distance(String plain, String name) {
        int whole = editDistance(plain, plain(name));
        int dot = name.lastIndexOf('.');
        // One more, so that a key of the right level wins over one of another.
        return dot < 0 ? whole : Math.min(whole, 1 + editDistance(plain, plain(name.substring(dot + 1))));
    }

    /** So that {@code failurePolicy} and {@code FAILURE_POLICY} are {@code failure-policy}. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }

    /** Levenshtein's distance. */
    private static int editDistance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}

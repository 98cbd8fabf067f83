package dev.proxywasm.servlet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The locales of an Accept-Language header, the dearest first. */
final class AcceptedLocales {

    private record Weighted(Locale locale, double quality) {}

    private AcceptedLocales() {}

    /** Never empty: the default locale if the header names none. */
    static List<Locale> parse(List<String> headers) {
        List<Weighted> found = new ArrayList<>();
        for (String header : headers) {
            for (String range : header.split(",", -1)) {
                add(found, range.trim());
            }
        }
        found.sort(Comparator.comparingDouble(Weighted::quality).reversed());
        return found.isEmpty()
                ? List.of(Locale.getDefault())
                : found.stream().map(Weighted::locale).toList();
    }

    private static void add(List<Weighted> found, String range) {
        String[] parts = range.split(";", 2);
        String tag = parts[0].trim();
        double quality = parts.length < 2 ? 1 : quality(parts[1].trim());
        if (!tag.isEmpty() && !tag.equals("*") && quality > 0) {
            found.add(new Weighted(Locale.forLanguageTag(tag), quality));
        }
    }

    private static double quality(String parameter) {
        try {
            return parameter.startsWith("q=")
                    ? Double.parseDouble(parameter.substring(2).trim())
                    : 1;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}

package dev.proxywasm.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The labels that a metric's name carries by Istio's convention, since the ABI has none.
 *
 * <p>A label is {@code key.=.value;.;} or {@code key=.=value;.;}, anywhere in the name; what is left is the name proper:
 * {@code reporter=.=source;.;response_code=.=200;.;requests_total} is {@code requests_total} with {@code reporter="source"} and
 * {@code response_code="200"}. Keys are letters, digits and underscores. The first label of a key counts.
 *
 * @param name without labels; the whole name if nothing would be left
 * @param labels in their order
 */
public record MetricLabels(String name, Map<String, String> labels) {

    private static final String END = ";.;";

    /** Looked for up to the next semicolon alone, and from the begin of a word alone, so that a hostile name costs no more than its length. */
    private static final Pattern KEY = Pattern.compile("(?<!\\w)(\\w++)(?:=\\.=|\\.=\\.)");

    /** Copies the map, order included. */
    public MetricLabels {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** Takes a metric's name apart. */
    public static MetricLabels of(String metricName) {
        Map<String, String> labels = new LinkedHashMap<>();
        StringBuilder rest = new StringBuilder();
        Matcher key = KEY.matcher(metricName);
        int from = 0;
        for (int end = metricName.indexOf(';'); end >= 0; end = metricName.indexOf(';', from)) {
            boolean isLabel =
                    metricName.startsWith(END, end) && key.region(from, end).find();
            if (isLabel) {
                labels.putIfAbsent(key.group(1), metricName.substring(key.end(), end));
            }
            rest.append(metricName, from, isLabel ? key.start() : end + 1);
            from = end + (isLabel ? END.length() : 1);
        }
        rest.append(metricName, from, metricName.length());
        String name = withoutEndDots(rest.toString());
        return name.isEmpty() ? new MetricLabels(metricName, Map.of()) : new MetricLabels(name, labels);
    }

    private static String withoutEndDots(String name) {
        int start = 0;
        int end = name.length();
        while (start < end && name.charAt(start) == '.') {
            start++;
        }
        while (end > start && name.charAt(end - 1) == '.') {
            end--;
        }
        return name.substring(start, end);
    }
}

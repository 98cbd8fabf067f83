package dev.proxywasm.benchmarks.measure;

import java.util.Locale;
import java.util.Optional;

/**
 * A measured value.
 *
 * @param name dotted, without spaces
 * @param value in {@code unit}
 * @param unit {@code us} (microseconds), {@code rps} (requests per second) or {@code x} (a ratio)
 */
public record Figure(String name, double value, String unit) {

    /** The figure in a line that {@link #toString} made, or nothing if it is another line. */
    public static Optional<Figure> parse(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Figure(parts[0], Double.parseDouble(parts[1]), parts[2]));
        } catch (NumberFormatException somethingElse) {
            return Optional.empty();
        }
    }

    /** Name, value and unit with a space between. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, value < 1000 ? "%s %.2f %s" : "%s %.0f %s", name, value, unit);
    }
}

package dev.proxywasm.benchmarks.measure;

import java.time.Duration;
import java.util.Locale;

/**
 * How long is measured.
 *
 * @param warmUp before the first round, each contender
 * @param rounds how many there are
 * @param round how long one is, each contender
 */
public record Pace(Duration warmUp, int rounds, Duration round) {

    /** Ends within a minute with everything that there is to measure. */
    public static final Pace QUICK = new Pace(Duration.ofMillis(400), 3, Duration.ofMillis(150));

    /** Steadier figures, in some minutes. */
    public static final Pace FULL = new Pace(Duration.ofSeconds(5), 9, Duration.ofMillis(700));

    /**
     * The pace of that name, {@code quick} or {@code full}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Pace named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "quick" -> QUICK;
            case "full" -> FULL;
            default -> throw new IllegalArgumentException("no pace is named '" + name + "': use quick or full");
        };
    }
}

package dev.proxywasm.internal.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values with a unit: durations and sizes. */
final class Quantities {

    private static final String A_DURATION = "a duration such as 500ms, 1s, 2m or PT1.5S";
    private static final String A_SIZE = "a size such as 256MiB, 1MB, 64KiB or 4096 (bytes)";

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?) ?([a-zA-Z]*)");
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    /** In nanoseconds. */
    private static final Map<String, Long> DURATION_UNITS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L);

    /** In bytes: powers of 1024 with an i, of 1000 without. */
    private static final Map<String, Long> SIZE_UNITS = Map.of(
            "", 1L,
            "b", 1L,
            "kb", 1_000L,
            "mb", 1_000_000L,
            "gb", 1_000_000_000L,
            "kib", 1L << 10,
            "mib", 1L << 20,
            "gib", 1L << 30);

    /** A number with a unit, which must be there; or ISO 8601. */
    static final ValueType<Duration> DURATION = ValueForm.DURATION.of(value -> {
        String text = Values.token(value, A_DURATION);
        Duration duration = text.startsWith("P") || text.startsWith("p") ? iso(text) : withUnit(text);
        if (duration == null) {
            throw value.unexpected(A_DURATION);
        }
        return duration;
    });

    /** Bytes, whole. */
    static final ValueType<Long> SIZE = ValueForm.SIZE.of(value -> {
        Long bytes = scaled(Values.token(value, A_SIZE), SIZE_UNITS);
        if (bytes == null) {
            throw value.unexpected(A_SIZE);
        }
        return bytes;
    });

    /** Bytes of something that has to fit in one array. */
    static final ValueType<Integer> ARRAY_SIZE = ValueForm.SIZE.of(value -> {
        long bytes = SIZE.read(value);
        if (bytes > Integer.MAX_VALUE) {
            throw value.unexpected("a size below 2GiB");
        }
        return (int) bytes;
    });

    private Quantities() {}

    private static @Nullable Duration withUnit(String text) {
        Long nanos = scaled(text, DURATION_UNITS);
        return nanos == null ? null : Duration.ofNanos(nanos);
    }

    private static @Nullable Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Null if it is no number with one of these units, not whole, or too large. */
    private static @Nullable Long scaled(String text, Map<String, Long> units) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        Long unit = units.get(matcher.group(2).toLowerCase(Locale.ROOT));
        if (unit == null) {
            return null;
        }
        return whole(new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit)));
    }

    private static @Nullable Long whole(BigDecimal number) {
        try {
            BigInteger whole = number.setScale(0, RoundingMode.UNNECESSARY).toBigIntegerExact();
            return whole.compareTo(LARGEST) > 0 ? null : whole.longValueExact();
        } catch (ArithmeticException e) {
            return null;
        }
    }
}

package dev.proxywasm.benchmarks.measure;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints each figure on a line of its own as it comes, and everything else as a line that begins with {@code #}. */
public final class Report {

    private final PrintStream out;
    private final Map<String, Figure> figures = new LinkedHashMap<>();

    /** A report that goes there. */
    public Report(PrintStream out) {
        this.out = out;
    }

    /** Prints a figure. */
    public void add(Figure figure) {
        figures.put(figure.name(), figure);
        out.println(figure);
    }

    /** Prints a remark: what was skipped, or failed, and why. */
    public void remark(String text) {
        out.println("# " + text);
    }

    /** Prints how many times as great the first figure is as the second, unless one of them is missing. */
    public void ratio(String name, String dividend, String divisor) {
        Figure above = figures.get(dividend);
        Figure below = figures.get(divisor);
        if (above != null && below != null) {
            add(new Figure(name, above.value() / below.value(), "x"));
        }
    }
}

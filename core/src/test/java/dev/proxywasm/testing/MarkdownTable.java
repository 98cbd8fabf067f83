package dev.proxywasm.testing;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table in Markdown; cells are Markdown too. */
public final class MarkdownTable {

    private final StringBuilder lines = new StringBuilder();

    /** A table without rows. */
    public MarkdownTable(String... columns) {
        row(columns);
        row(Stream.of(columns).map(column -> "---").toArray(String[]::new));
    }

    /** Adds a row. */
    public MarkdownTable row(String... cells) {
        lines.append(List.of(cells).stream()
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n")));
        return this;
    }

    /** Its lines, each with its end. */
    @Override
    public String toString() {
        return lines.toString();
    }
}

package dev.proxywasm.internal.hostcall;

import dev.proxywasm.internal.callback.Callback;
import java.util.List;
import java.util.function.Predicate;

/** {@code docs/ABI.md}, made from the table of host functions and the list of callbacks. */
final class AbiDocument {

    private static final String INTRODUCTION =
            """
            <!-- Made by AbiDocument from the tables in the code; AbiDocumentTest says how. Changes by hand are lost. -->

            # The ABI that this host offers

            Every function can be imported by modules of every ABI version (0.1.0, 0.2.0, 0.2.1); the column says which versions have it.
            An import that is not here, or has another type, stops the filter when it is called, not when it is loaded.

            Supported: *yes* = as the ABI says; *stub* = answers as documented and does nothing; *not yet* = answers `UNIMPLEMENTED`.

            Every function answers `INVALID_MEMORY_ACCESS` (WASI: `FAULT`) for a range outside memory, `INTERNAL_FAILURE` beyond one of the
            plugin's limits, and `INTERNAL_FAILURE` (WASI: `NOTCAPABLE`) if the plugin's capabilities leave it out.
            """;

    private static final String WASI =
            """

            ## WASI

            Under `wasi_snapshot_preview1` and `wasi_unstable`. A filter has no files, no sockets and no arguments; what it writes to its
            outputs is logged. All of it may be called in start functions.

            """;

    private static final String CALLBACKS =
            """

            ## Callbacks

            Called if the filter exports them, with as many of the parameters as it declares. Without the export the answer counts as given
            here; for actions 0 is Continue.

            """;

    private AbiDocument() {}

    static String render() {
        StringBuilder document = new StringBuilder(INTRODUCTION);
        document.append("\n## Proxy-Wasm\n\n");
        table(document, row -> row.name().startsWith("proxy_"));
        document.append("\n## Other functions of `env`\n\nExpected by compilers, or offered by Envoy.\n\n");
        table(document, row -> isOfEnv(row) && !row.name().startsWith("proxy_"));
        document.append(WASI);
        table(document, row -> !isOfEnv(row));
        document.append(CALLBACKS);
        callbacks(document);
        return document.toString();
    }

    private static void table(StringBuilder document, Predicate<HostFunction> which) {
        boolean versioned = HostcallTable.rows().stream().filter(which).anyMatch(row -> row.name()
                .startsWith("proxy_"));
        line(document, columns(versioned, "function", "ABI versions", "supported", "note"));
        line(document, columns(versioned, "---", "---", "---", "---"));
        HostcallTable.rows().stream()
                .filter(which)
                .map(row -> columns(versioned, "`" + row.name() + "`", versions(row), support(row), row.note()))
                .forEach(columns -> line(document, columns));
    }

    private static void callbacks(StringBuilder document) {
        line(document, List.of("callback", "parameters", "answer without it"));
        line(document, List.of("---", "---", "---"));
        for (Callback callback : Callback.values()) {
            String parameters = String.join(", ", callback.parameters());
            line(document, List.of("`" + callback.export() + "`", parameters, "" + callback.absentAnswer()));
        }
    }

    private static List<String> columns(boolean versioned, String name, String versions, String support, String note) {
        return versioned ? List.of(name, versions, support, note) : List.of(name, support, note);
    }

    private static void line(StringBuilder document, List<String> columns) {
        document.append("| ").append(String.join(" | ", columns)).append(" |\n");
    }

    private static boolean isOfEnv(HostFunction row) {
        return row.modules().contains(HostFunction.ENV);
    }

    private static String versions(HostFunction row) {
        return row.since() == row.until() ? row.since().toString() : row.since() + " to " + row.until();
    }

    private static String support(HostFunction row) {
        return switch (row.support()) {
            case FULL -> "yes";
            case STUB -> "stub";
            case UNIMPLEMENTED -> "not yet";
        };
    }
}

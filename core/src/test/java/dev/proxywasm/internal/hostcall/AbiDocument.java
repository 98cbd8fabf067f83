package dev.proxywasm.internal.hostcall;

import dev.proxywasm.internal.callback.Callback;
import dev.proxywasm.testing.MarkdownTable;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** {@code docs/ABI.md}, made from the table of host functions and the list of callbacks. */
final class AbiDocument {

    private static final String INTRODUCTION =
            """
            <!-- Made by AbiDocument from the tables in the code; AbiDocumentTest says how. Changes by hand are lost. -->

            # The ABI that this host offers

            Every function can be imported by modules of every ABI version (0.1.0, 0.2.0, 0.2.1); the column says which versions have it.
            An import that is not here, or has another type, stops the filter when it is called, not when it is loaded.

            Supported: *yes* = as the ABI says; *stub* = answers as documented and does nothing.

            Every function answers `INVALID_MEMORY_ACCESS` (WASI: `FAULT`) for a range outside memory, `INTERNAL_FAILURE` beyond one of the
            plugin's limits, and `INTERNAL_FAILURE` (WASI: `NOTCAPABLE`) if the plugin's capabilities leave it out.

            Where that differs from Envoy: [HOST_DIFFERENCES.md](HOST_DIFFERENCES.md). Which tests prove it: [CONFORMANCE.md](CONFORMANCE.md).
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

            Called if the filter exports them, with as many of the parameters as it declares. Without the export, and where it returns
            nothing, the answer counts as given here; for actions 0 is Continue. A filter that exports one with a type that cannot be
            called is refused.

            """;

    private static final String NEVER_CALLED =
            """

            ## Callbacks that are never called

            SDKs export them all, so a filter that has them loads. What stands behind them does not happen here.

            """;

    private AbiDocument() {}

    static String render() {
        return INTRODUCTION
                + "\n## Proxy-Wasm\n\n"
                + versioned(row -> row.name().startsWith("proxy_"))
                + "\n## Other functions of `env`\n\nExpected by compilers, or offered by Envoy.\n\n"
                + unversioned(row -> isOfEnv(row) && !row.name().startsWith("proxy_"))
                + WASI
                + unversioned(row -> !isOfEnv(row))
                + CALLBACKS
                + callbacks()
                + NEVER_CALLED
                + neverCalled();
    }

    private static MarkdownTable versioned(Predicate<HostFunction> which) {
        MarkdownTable table = new MarkdownTable("function", "ABI versions", "supported", "note");
        rows(which).forEach(row -> table.row(code(row.name()), versions(row), support(row), row.note()));
        return table;
    }

    private static MarkdownTable unversioned(Predicate<HostFunction> which) {
        MarkdownTable table = new MarkdownTable("function", "supported", "note");
        rows(which).forEach(row -> table.row(code(row.name()), support(row), row.note()));
        return table;
    }

    private static Stream<HostFunction> rows(Predicate<HostFunction> which) {
        return HostcallTable.rows().stream().filter(which);
    }

    private static MarkdownTable callbacks() {
        MarkdownTable table = new MarkdownTable("callback", "parameters", "answer without it");
        for (Callback callback : Callback.values()) {
            String parameters = String.join(", ", callback.parameters());
            table.row(code(callback.export()), parameters, Integer.toString(callback.absentAnswer()));
        }
        return table;
    }

    private static MarkdownTable neverCalled() {
        String noTcp = "TCP: a host before a web application sees requests, never their bytes.";
        String noFrames = "METADATA frames of HTTP/2, an extension of Envoy that no application server passes on.";
        MarkdownTable table = new MarkdownTable("callback", "of");
        return table.row(code("proxy_on_new_connection"), noTcp)
                .row(code("proxy_on_downstream_data"), noTcp)
                .row(code("proxy_on_downstream_connection_close"), noTcp)
                .row(code("proxy_on_upstream_data"), noTcp)
                .row(code("proxy_on_upstream_connection_close"), noTcp)
                .row(code("proxy_on_request_metadata"), noFrames)
                .row(code("proxy_on_response_metadata"), noFrames)
                .row(code("proxy_validate_configuration"), "0.1.0: no host calls it; `proxy_on_configure` decides.")
                .row(code("envoy_on_stats_update"), "Envoy's sinks of statistics, which a plugin cannot be here.");
    }

    private static String code(String name) {
        return "`" + name + "`";
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
        };
    }
}

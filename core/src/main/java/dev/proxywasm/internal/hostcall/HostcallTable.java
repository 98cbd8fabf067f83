package dev.proxywasm.internal.hostcall;

import dev.proxywasm.internal.wasm.FunctionType;
import dev.proxywasm.internal.wasm.Import;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every function that the host offers, in the order of the specification. */
public final class HostcallTable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.hostcall");

    private static final List<HostFunction> ROWS = Stream.of(
                    LogHostcalls.FUNCTIONS,
                    ClockHostcalls.FUNCTIONS,
                    TimerHostcalls.FUNCTIONS,
                    ContextHostcalls.FUNCTIONS,
                    BufferHostcalls.FUNCTIONS,
                    HeaderMapHostcalls.FUNCTIONS,
                    StreamHostcalls.FUNCTIONS,
                    HttpCallHostcalls.FUNCTIONS,
                    GrpcCallHostcalls.FUNCTIONS,
                    SharedDataHostcalls.FUNCTIONS,
                    SharedQueueHostcalls.FUNCTIONS,
                    MetricHostcalls.FUNCTIONS,
                    PropertyHostcalls.FUNCTIONS,
                    ForeignHostcalls.FUNCTIONS,
                    LegacyHostcalls.FUNCTIONS,
                    ExtraHostcalls.FUNCTIONS,
                    WasiDescriptors.FUNCTIONS,
                    WasiPaths.FUNCTIONS,
                    WasiProcess.FUNCTIONS,
                    WasiSockets.FUNCTIONS)
            .flatMap(List::stream)
            .toList();

    private static final Map<String, HostFunction> BY_IMPORT = byImport(ROWS);

    /** The same functions as some SDKs still import them; found where an import has that type. */
    private static final Map<String, HostFunction> OLDER_SHAPES = byImport(GrpcCallHostcalls.OLDER_SHAPES);

    private HostcallTable() {}

    /** All rows. */
    public static List<HostFunction> rows() {
        return ROWS;
    }

    /**
     * What an import is linked to. Never fails: what the host does not have is linked to a row that stops the guest when it calls.
     *
     * @param imported a function
     * @param capabilities names of functions that the plugin may use; empty for all
     */
    static HostFunction rowFor(Import imported, Set<String> capabilities) {
        HostFunction row = find(imported);
        if (row == null) {
            return stopping(imported, "calls " + printable(imported) + ", which this host does not have");
        }
        if (!row.type().equals(imported.type())) {
            return stopping(
                    imported,
                    "imports " + printable(imported) + " as " + imported.type() + ", but its type is " + row.type());
        }
        boolean allowed =
                capabilities.isEmpty() || capabilities.contains(row.name()) || row.convention() == Convention.VALUE;
        return allowed ? row : denied(row);
    }

    /** Whether {@link #rowFor} links a row that stops the guest. */
    static boolean isUnknown(Import imported) {
        HostFunction row = find(imported);
        return row == null || !row.type().equals(imported.type());
    }

    private static @Nullable HostFunction find(Import imported) {
        String key = key(imported.module(), imported.name());
        HostFunction older = OLDER_SHAPES.get(key);
        return older != null && older.type().equals(imported.type()) ? older : BY_IMPORT.get(key);
    }

    private static HostFunction stopping(Import imported, String message) {
        HostFunction.Handler handler = call -> {
            throw new GuestViolation(message);
        };
        return new HostFunction.Builder(List.of(imported.module()), imported.name(), Convention.VALUE, handler)
                .returns(((FunctionType) imported.type()).results())
                .usableIn(CallPhase.values())
                .build();
    }

    /** One row for all VMs of a plugin, so that the error is logged once and not once a call. */
    private static HostFunction denied(HostFunction row) {
        AtomicBoolean logged = new AtomicBoolean();
        return row.handledBy(call -> {
            if (!logged.getAndSet(true)) {
                LOG.error(
                        "plugin '{}' calls {}, which is not among its capabilities; add it there if the plugin may use it",
                        call.scope().plugin().name(),
                        row.name());
            }
            call.returnI32(row.convention().denied());
        });
    }

    private static Map<String, HostFunction> byImport(List<HostFunction> rows) {
        Map<String, HostFunction> found = new HashMap<>();
        for (HostFunction row : rows) {
            for (String module : row.modules()) {
                if (found.put(key(module, row.name()), row) != null) {
                    throw new IllegalStateException("the table has " + module + "." + row.name() + " twice");
                }
            }
        }
        return Map.copyOf(found);
    }

    private static String key(String module, String name) {
        return module + '\0' + name;
    }

    private static String printable(Import imported) {
        return Printable.text(imported.module() + "." + imported.name());
    }
}

package dev.proxywasm.module;

import dev.proxywasm.module.ModuleInspection.MemoryUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An inspection as text: the answer first, then what it rests on. */
final class InspectionReport {

    private static final int WIDTH = 100;
    private static final String INDENT = " ".repeat(15);

    private final ModuleInspection module;
    private final List<String> lines = new ArrayList<>();

    InspectionReport(ModuleInspection module) {
        this.module = module;
    }

    String text() {
        row("runs here", module.refusal().map(reason -> "no: " + reason).orElse("yes"));
        if (!module.unknownImports().isEmpty()) {
            row("but", "it is stopped when it calls what no Proxy-Wasm host has: " + names(module.unknownImports()));
        }
        row("module", module.address());
        row("size", module.sizeBytes() + " bytes");
        row("sha256", module.sha256());
        if (!module.sdk().isEmpty()
                || !module.producers().isEmpty()
                || !module.imports().isEmpty()) {
            row("ABI version", module.abiVersion().map(Object::toString).orElse("none that is known"));
        }
        row("built with", module.sdk());
        row("producers", String.join(", ", module.producers()));
        module.memory().ifPresent(memory -> row("memory", text(memory)));
        row("tables", String.join("; ", module.tables()));
        row("callbacks", String.join(", ", module.callbacks()));
        row("other exports", String.join(", ", module.otherExports()));
        module.imports().stream()
                .map(ModuleImport::module)
                .distinct()
                .forEach(from -> row("imports " + shortened(from), importsFrom(from)));
        row("capabilities", String.join(", ", module.capabilities()));
        return String.join("\n", lines) + "\n";
    }

    private String importsFrom(String from) {
        return module.imports().stream()
                .filter(imported -> imported.module().equals(from))
                .map(ModuleImport::name)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String shortened(String from) {
        return from.equals("wasi_snapshot_preview1") ? "wasi" : from;
    }

    private static String names(List<ModuleImport> imports) {
        return imports.stream()
                .map(imported -> imported + " " + imported.type())
                .collect(Collectors.joining(", "));
    }

    private static String text(MemoryUse memory) {
        String maximum = memory.maximumBytes().isPresent()
                ? "at most " + mebibytes(memory.maximumBytes().getAsLong())
                : "no maximum of its own";
        return mebibytes(memory.initialBytes()) + " at first, " + maximum + (memory.imported() ? ", imported" : "");
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / (1024.0 * 1024));
    }

    /** A row that is empty is left out; names come from the module, so that what could move a cursor is not printed. */
    private void row(String label, String value) {
        if (value.isEmpty()) {
            return;
        }
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-14s ", label));
        for (String word : value.replaceAll("\\p{Cntrl}", "?").split(" ", -1)) {
            if (line.length() + word.length() > WIDTH && line.length() > INDENT.length()) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(INDENT);
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
    }
}

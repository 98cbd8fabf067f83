package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.shared.EntryPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Writes L, the module that reaches into the guest: {@code lens.wat} with the guest's entry points. */
final class LensModule {

    /** The names under which the guest's exports are handed to L: those of the guest may be anything. */
    static final String ALLOCATOR = "alloc";

    private static final String NO_SUCH_ENTRY = "$none";

    private final BridgePlan plan;

    private LensModule(BridgePlan plan) {
        this.plan = plan;
    }

    /** L for a plan, as WebAssembly text. */
    static byte[] wat(BridgePlan plan) {
        return new LensModule(plan).write();
    }

    /** The name under which an entry point is handed to L. */
    static String name(EntryPoint entry) {
        return "entry" + entry.number();
    }

    private byte[] write() {
        boolean canAllocate = plan.entryPoints().allocator() != null;
        return new WatTemplate("lens.wat")
                .with(LensTable.constants())
                .with("LENS_FUNCTIONS", LensTable.elements())
                .with("IMPORTS", imports(canAllocate))
                .with("ALLOCATE", canAllocate ? "(call $guest_alloc (local.get $size))" : "(i32.const 0)")
                .with("DISPATCH", dispatch())
                .fill();
    }

    private String imports(boolean canAllocate) {
        StringBuilder imports = new StringBuilder();
        if (canAllocate) {
            imports.append("(import \"g\" \"%s\" (func $guest_alloc (param i32) (result i32)))".formatted(ALLOCATOR));
        }
        for (EntryPoint entry : plan.entryPoints().present()) {
            imports.append("\n  (import \"g\" \"%1$s\" (func $%1$s".formatted(name(entry)))
                    .append(" (param i32)".repeat(entry.arity()))
                    .append(entry.hasResult() ? " (result i32)))" : "))");
        }
        return imports.toString();
    }

    /** A block for each entry point, the first innermost: the jump to the end of a block lands at that entry point's call. */
    private String dispatch() {
        StringBuilder text = new StringBuilder("(block ").append(NO_SUCH_ENTRY);
        List<EntryPoint> outermostFirst = new ArrayList<>(plan.entryPoints().present());
        Collections.reverse(outermostFirst);
        outermostFirst.forEach(entry -> text.append(" (block $").append(name(entry)));
        text.append("\n      (br_table ").append(targets()).append(" (local.get $entry))");
        plan.entryPoints().present().forEach(entry -> text.append(")\n      ").append(call(entry)));
        return text.append(')').toString();
    }

    private String targets() {
        String[] targets = new String[plan.entryPoints().numbers() + 1];
        Arrays.fill(targets, NO_SUCH_ENTRY);
        plan.entryPoints().present().forEach(entry -> targets[entry.number()] = "$" + name(entry));
        return String.join(" ", targets);
    }

    private static String call(EntryPoint entry) {
        StringBuilder call = new StringBuilder("(call $").append(name(entry));
        for (int i = 0; i < entry.arity(); i++) {
            call.append(" (local.get $").append(i).append(')');
        }
        call.append(')');
        return entry.hasResult() ? "(return " + call + ")" : call + " (return (i32.const 0))";
    }
}

package dev.proxywasm.internal.engine.shared;

import dev.proxywasm.internal.engine.InstanceSpec;
import dev.proxywasm.internal.wasm.ModuleInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The exports of a guest that the host calls.
 *
 * @param present those that it has
 * @param startNumber the number of the one that is its start function, behind those of the specification, or -1
 * @param numbers how many numbers there are, absent ones included
 * @param allocator its allocator, or null if it has none
 */
public record EntryPoints(List<EntryPoint> present, int startNumber, int numbers, @Nullable String allocator) {

    /** Those of a guest that a specification asks for. */
    public static EntryPoints of(AdmittedModule source, InstanceSpec spec) {
        ModuleInfo info = source.rewritten();
        List<String> names = new ArrayList<>(spec.entryPoints());
        source.startExport().ifPresent(names::add);
        List<EntryPoint> present = new ArrayList<>();
        for (int number = 0; number < names.size(); number++) {
            EntryPoint.of(info, number, names.get(number)).ifPresent(present::add);
        }
        String allocator = spec.allocator();
        return new EntryPoints(
                List.copyOf(present),
                source.startExport().isPresent() ? names.size() - 1 : -1,
                names.size(),
                allocator != null && EntryPoint.isAllocator(info, allocator) ? allocator : null);
    }

    /** How many parameters each number's entry point takes; -1 where the guest has none. */
    public int[] arities() {
        int[] arities = new int[numbers];
        Arrays.fill(arities, -1);
        present.forEach(entry -> arities[entry.number()] = entry.arity());
        return arities;
    }
}

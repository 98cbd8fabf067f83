package dev.proxywasm.internal.vm;

import dev.proxywasm.VmConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The variables that a guest sees: only those that were configured for it. */
final class Environment {

    private Environment() {}

    /** As {@code NAME=value}, by name; a configured value wins over one of the process. */
    static List<String> of(VmConfig vm) {
        TreeMap<String, String> variables = new TreeMap<>();
        for (String name : vm.hostEnvironment()) {
            String value = System.getenv(name);
            if (value != null) {
                variables.put(name, value);
            }
        }
        variables.putAll(vm.environment());
        List<String> lines = new ArrayList<>(variables.size());
        variables.forEach((name, value) -> lines.add(name + "=" + value));
        return List.copyOf(lines);
    }
}

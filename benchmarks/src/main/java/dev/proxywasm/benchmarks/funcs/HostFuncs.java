package dev.proxywasm.benchmarks.funcs;

import java.util.Map;

/** Every host function there is, by name. */
final class HostFuncs {

    private HostFuncs() {}

    /** The function of that name; of one that no measured filter calls, one that says so when it is called after all. */
    static HostFunc named(String name) {
        return find(ProxyFuncs.BY_NAME, WasiFuncs.BY_NAME, name);
    }

    private static HostFunc find(Map<String, HostFunc> first, Map<String, HostFunc> second, String name) {
        HostFunc missing = (guest, arguments) -> {
            throw new UnsupportedOperationException("the filter calls " + name + ", which the yardstick does not have");
        };
        return first.getOrDefault(name, second.getOrDefault(name, missing));
    }
}

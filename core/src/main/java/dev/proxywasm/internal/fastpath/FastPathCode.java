package dev.proxywasm.internal.fastpath;

import dev.proxywasm.internal.engine.SandboxCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The part of the fast path that runs in the sandbox. */
public final class FastPathCode {

    private static final Pattern NAME = Pattern.compile("\\$\\{([A-Z0-9_]+)}");

    private static final List<String> PARTS = List.of(
            "region",
            "header-maps",
            "header-reads",
            "header-writes",
            "header-pairs",
            "buffers",
            "properties",
            "metrics",
            "context",
            "log",
            "time",
            "wasi");

    private static final SandboxCode ALL = new SandboxCode(text(), FastPathFunctions.TYPES, FastPathLayout.BYTES);

    /**
     * A switch for diagnosis and for measuring: set to {@code false}, VMs that are started from then on have Java answer every hostcall.
     * Nothing but speed depends on it.
     */
    private static final String SWITCH = "proxy-wasm.fast-path";

    private FastPathCode() {}

    /**
     * The code for a plugin; what the plugin may not use is left to Java to refuse.
     *
     * @param capabilities names of functions that the plugin may use; empty for all
     */
    public static SandboxCode code(Set<String> capabilities) {
        if ("false".equals(System.getProperty(SWITCH))) {
            return SandboxCode.NONE;
        }
        if (capabilities.isEmpty()) {
            return ALL;
        }
        return ALL.without(ALL.imports().keySet().stream()
                .filter(name -> !capabilities.contains(name.substring(name.indexOf('.') + 1)))
                .collect(Collectors.toSet()));
    }

    private static String text() {
        return PARTS.stream().map(FastPathCode::part).collect(Collectors.joining("\n"));
    }

    private static String part(String name) {
        return NAME.matcher(resource(name + ".wat"))
                .replaceAll(match -> Integer.toString(FastPathLayout.constant(match.group(1))));
    }

    private static String resource(String name) {
        try (InputStream in = FastPathCode.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing: the jar is damaged");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + name, e);
        }
    }
}

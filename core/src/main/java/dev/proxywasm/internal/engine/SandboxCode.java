package dev.proxywasm.internal.engine;

import dev.proxywasm.internal.wasm.FunctionType;
import java.util.Map;
import java.util.Set;

/**
 * Host code that runs inside the sandbox and answers some imports without crossing to Java.
 *
 * <p>The code shares a region of memory with Java ({@link WasmInstance#sandboxRegion}) that the guest cannot address: Java lays out there
 * what the code may answer from, and the code appends there a journal of what it did, which the owner of the instance reads at every
 * hostcall, after every entry, and after a trap. An engine without a sandbox of its own ignores the code and sends every hostcall to
 * Java; the outcome must be the same.
 *
 * @param wat functions in WebAssembly text; the engine's documentation says which helpers they may call
 * @param imports the imports that it can answer, written {@code module.name}, and the type in which it does; a guest that imports one in
 *     another type gets it answered by Java
 * @param withheld those among them that Java answers all the same
 * @param regionBytes size of the shared region
 */
public record SandboxCode(String wat, Map<String, FunctionType> imports, Set<String> withheld, int regionBytes) {

    /** No code: every hostcall crosses. */
    public static final SandboxCode NONE = new SandboxCode("", Map.of(), 0);

    /** Copies the collections. */
    public SandboxCode {
        imports = Map.copyOf(imports);
        withheld = Set.copyOf(withheld);
    }

    /** Code that answers all that it can. */
    public SandboxCode(String wat, Map<String, FunctionType> imports, int regionBytes) {
        this(wat, imports, Set.of(), regionBytes);
    }

    /** The same code, of which Java answers some functions all the same. */
    public SandboxCode without(Set<String> names) {
        return new SandboxCode(wat, imports, names, regionBytes);
    }

    /** Whether it answers a function in that type. */
    public boolean answers(String name, FunctionType type) {
        return type.equals(imports.get(name)) && !withheld.contains(name);
    }
}

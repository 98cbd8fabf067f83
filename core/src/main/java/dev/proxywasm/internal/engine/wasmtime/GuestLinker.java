package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.shared.ImportedFunction;
import dev.proxywasm.internal.wasm.ExternKind;
import dev.proxywasm.internal.wasm.Import;
import io.github.kawamuray.wasmtime.Extern;
import io.github.kawamuray.wasmtime.Func;
import io.github.kawamuray.wasmtime.FuncType;
import io.github.kawamuray.wasmtime.Instance;
import io.github.kawamuray.wasmtime.Linker;
import io.github.kawamuray.wasmtime.Memory;
import io.github.kawamuray.wasmtime.Store;
import io.github.kawamuray.wasmtime.WasmFunctionError;
import io.github.kawamuray.wasmtime.WasmtimeException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Puts H, a guest and L into a store of their own; one use. */
final class GuestLinker {

    private static final String HOST = "h";
    private static final String GUEST = "g";

    private final NativeHandles handles = new NativeHandles();
    private final GuestModule guest;
    private final BridgeModules bridge;
    private final Store<Void> store;
    private final Linker linker;

    private GuestLinker(NativeEngine engine, GuestModule guest, BridgeModules bridge) {
        this.guest = guest;
        this.bridge = bridge;
        this.store = handles.own(new Store<>(null, engine.stores()));
        this.linker = handles.own(new Linker(engine.stores()));
    }

    /**
     * Links a guest; none of its code runs.
     *
     * @throws WasmtimeException if it cannot be linked
     * @throws WasmFunctionError if a segment of it lies outside its memory or table
     */
    static LinkedGuest link(NativeEngine engine, GuestModule guest, BridgeModules bridge, BridgeFunction function) {
        GuestLinker linker = new GuestLinker(engine, guest, bridge);
        try {
            return linker.link(function);
        } catch (RuntimeException | Error e) {
            linker.handles.close();
            throw e;
        }
    }

    private LinkedGuest link(BridgeFunction function) {
        Func host = handles.own(new Func(store, FuncType.empty(), function));
        linker.define(store, "env", "host", Extern.fromFunc(host));
        linker.module(store, HOST, bridge.host());
        Memory memory = bindGuest();
        linker.module(store, "l", bridge.lens());
        Mailbox mailbox = new Mailbox(hostMemory("mailbox").buffer(store));
        function.open(mailbox);
        return new LinkedGuest(handles, store, mailbox, memory, hostFunction("run"), hostFunction("alloc"));
    }

    /** Instantiates the guest, and offers its memory and functions to L. */
    private Memory bindGuest() {
        List<Extern> imports = new ArrayList<>();
        Memory memory = resolve(imports);
        // Not through Linker.module: that would run `_start` and `_initialize`.
        Instance instance = handles.own(new Instance(store, guest.code(), imports));
        if (guest.source().memoryExport() != null) {
            memory = handles.own(
                    instance.getMemory(store, guest.source().memoryExport()).orElseThrow());
        }
        linker.define(store, GUEST, "memory", Extern.fromMemory(memory));
        BridgePlan plan = bridge.plan();
        if (plan.entryPoints().allocator() != null) {
            define(instance, LensModule.ALLOCATOR, plan.entryPoints().allocator());
        }
        plan.entryPoints().present().forEach(entry -> define(instance, LensModule.name(entry), entry.export()));
        return memory;
    }

    /** Finds what the guest imports, in order, and gives the memory among it, or an empty one. */
    private Memory resolve(List<Extern> imports) {
        Memory memory = handles.own(new Memory(store, guest.importedMemory()));
        Iterator<ImportedFunction> functions = bridge.plan().imports().iterator();
        for (Import item : guest.source().info().imports()) {
            imports.add(
                    item.kind() == ExternKind.FUNCTION
                            ? Extern.fromFunc(hostFunction(bridge.plan().hostExport(functions.next())))
                            : Extern.fromMemory(memory));
        }
        return memory;
    }

    private void define(Instance instance, String name, String export) {
        Func function = handles.own(instance.getFunc(store, export).orElseThrow());
        linker.define(store, GUEST, name, Extern.fromFunc(function));
    }

    private Func hostFunction(String name) {
        return handles.own(linker.get(store, HOST, name)
                .orElseThrow(() -> new IllegalStateException(
                        "the sandbox code is said to answer %s but exports no such function".formatted(name)))
                .func());
    }

    private Memory hostMemory(String name) {
        return handles.own(linker.get(store, HOST, name).orElseThrow().memory());
    }
}

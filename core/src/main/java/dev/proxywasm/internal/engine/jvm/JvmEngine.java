package dev.proxywasm.internal.engine.jvm;

import dev.proxywasm.internal.engine.CompiledModule;
import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.engine.ModuleLimits;
import dev.proxywasm.internal.engine.StackRoom;
import dev.proxywasm.internal.engine.WasmEngine;
import dev.proxywasm.internal.engine.shared.AdmittedModule;
import dev.proxywasm.internal.engine.shared.Users;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.objectweb.asm.MethodTooLargeException;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;

/**
 * The engine on the JVM: translates guests to Java bytecode.
 *
 * <p>Right for small guests, to whom a native engine's entries cost more than their work, and where there is no native engine. A
 * function that makes a Java method of more than 8,000 bytes is not compiled by HotSpot, and one of more than 64 KiB is refused.
 */
public final class JvmEngine implements WasmEngine {

    private static final Duration TICK = Duration.ofMillis(10);

    private final GuestWatch watch = new GuestWatch(TICK);
    private final Users users = new Users(watch::close);
    private final HeapShare heap;
    private final HeapBudget budget;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** An engine whose guests may each use an eighth of the heap, no more than their limit, and half of the heap with those of all others. */
    public JvmEngine() {
        this(HeapShare.OF_THIS_JVM, HeapBudget.OF_THIS_JVM);
    }

    JvmEngine(HeapShare heap, HeapBudget budget) {
        this.heap = heap;
        this.budget = budget;
        StackRoom.OF_HOSTCALL.require(); // made here, lest it be made where a guest has left no stack for that
    }

    @Override
    public CompiledModule compile(String name, byte[] module, ModuleLimits limits) {
        if (closed.get() || !users.add()) {
            throw new IllegalStateException("the engine is closed");
        }
        try {
            AdmittedModule.Admission admission = heap.admit(name, module, limits);
            WasmModule parsed = parse(admission.bytes());
            GuestCode.requireSupported(name, parsed);
            return new JvmModule(admission.module(), parsed, translate(name, parsed), watch, budget, users::remove);
        } catch (EngineException refused) {
            users.remove();
            throw refused;
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError refused) {
            // The translator finds what is wrong with a module in many ways.
            users.remove();
            throw AdmittedModule.notCompiled(name, refused);
        } catch (Error e) {
            users.remove();
            throw e;
        }
    }

    /** Without custom sections: what is wrong with those is nothing to an engine. */
    private static WasmModule parse(byte[] module) {
        return Parser.builder().withCustomParsers(Map.of()).build().parse(() -> new ByteArrayInputStream(module));
    }

    /** All of it: interpreted, a guest would have a stack in the heap, of which nothing is the limit. */
    private static Function<Instance, Machine> translate(String name, WasmModule module) {
        try {
            return MachineFactoryCompiler.builder(module)
                    .withInterpreterFallback(InterpreterFallback.FAIL)
                    .compile();
        } catch (WasmEngineException refused) {
            if (refused.getCause() instanceof MethodTooLargeException) {
                throw new EngineException(
                        "module '%s' has a function that is too large for a Java method; choose the engine wasmtime"
                                .formatted(name),
                        refused);
            }
            throw refused;
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            users.remove();
        }
    }
}

package dev.proxywasm.internal.engine.jvm;

import dev.proxywasm.internal.engine.CompiledModule;
import dev.proxywasm.internal.engine.ModuleLimits;
import dev.proxywasm.internal.engine.WasmEngine;
import dev.proxywasm.internal.engine.shared.AdmittedModule;
import dev.proxywasm.internal.engine.shared.Users;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
 * <p>Right for small guests, to whom a native engine's entries cost more than their work, and where there is no native engine. Code that
 * makes a Java method of more than 8,000 bytes is not compiled by HotSpot, and of more than 64 KiB not even translated but interpreted.
 */
public final class JvmEngine implements WasmEngine {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.engine");
    private static final Duration TICK = Duration.ofMillis(10);

    private final GuestWatch watch = new GuestWatch(TICK);
    private final Users users = new Users(watch::close);
    private final HeapShare heap;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** An engine whose guests may each use a quarter of the heap, and no more than their limit. */
    public JvmEngine() {
        this(HeapShare.OF_THIS_JVM);
    }

    JvmEngine(HeapShare heap) {
        this.heap = heap;
    }

    @Override
    public CompiledModule compile(String name, byte[] module, ModuleLimits limits) {
        if (closed.get() || !users.add()) {
            throw new IllegalStateException("the engine is closed");
        }
        try {
            AdmittedModule.Admission admission = heap.admit(name, module, limits);
            WasmModule parsed = Parser.parse(admission.bytes());
            return new JvmModule(admission.module(), parsed, translate(name, parsed), watch, users::remove);
        } catch (WasmEngineException | StackOverflowError | LinkageError refused) {
            users.remove();
            throw AdmittedModule.notCompiled(name, refused);
        } catch (RuntimeException | Error e) {
            users.remove();
            throw e;
        }
    }

    private static Function<Instance, Machine> translate(String name, WasmModule module) {
        try {
            return translate(module, InterpreterFallback.FAIL);
        } catch (WasmEngineException tooLarge) {
            Function<Instance, Machine> code = translate(module, InterpreterFallback.SILENT);
            LOG.warn(
                    "module '{}' has functions that are too large for a Java method and will be interpreted, which is slow;"
                            + " the engine wasmtime has no such limit",
                    name);
            return code;
        }
    }

    private static Function<Instance, Machine> translate(WasmModule module, InterpreterFallback fallback) {
        return MachineFactoryCompiler.builder(module)
                .withInterpreterFallback(fallback)
                .compile();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            users.remove();
        }
    }
}

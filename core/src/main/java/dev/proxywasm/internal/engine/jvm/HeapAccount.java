package dev.proxywasm.internal.engine.jvm;

import dev.proxywasm.internal.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import run.endive.wasm.WasmModule;

/**
 * What one instance has of the {@link HeapBudget}. It is counted before it is allocated, and given back once, when the instance is released
 * and has let go of it.
 *
 * <p>Confined to the thread that is inside the instance, makes it or releases it.
 */
final class HeapAccount {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.engine");

    /** A global is a Java object. */
    private static final int GLOBAL_BYTES = 64;

    /** Of a function or a segment there are some words in arrays. */
    private static final int ITEM_BYTES = 16;

    private final String module;
    private final HeapBudget budget;
    private final List<Runnable> onClose = new ArrayList<>();
    private long taken;
    private boolean refused;

    /** An account of an instance of that module, with nothing on it. */
    HeapAccount(String module, HeapBudget budget) {
        this.module = module;
        this.budget = budget;
    }

    /** Takes more, if there is as much; what is to become of the guest if not is for the caller to say. */
    boolean take(long bytes) {
        boolean taken = budget.take(bytes);
        if (taken) {
            this.taken += bytes;
        } else {
            refused =
                    true; // told later: in the midst of guest code there is neither stack nor time for a line in a log
        }
        return taken;
    }

    /**
     * Takes what an instance begins with.
     *
     * @throws EngineException if there is not as much; the message names the cures
     */
    void require(long bytes) {
        if (!budget.take(bytes)) {
            throw new EngineException(
                    "it needs %,d bytes of the Java heap, of which all guests together may have half, here %,d bytes, and have %,d; %s"
                            .formatted(bytes, budget.bytes(), budget.taken(), cures()));
        }
        taken += bytes;
    }

    /** Takes what an instance needs beside memory and tables. */
    void requireInstance(WasmModule code) {
        int items = code.functionSection().functionCount()
                + code.elementSection().elementCount()
                + code.dataSection().dataSegmentCount();
        require((long) GLOBAL_BYTES * code.globalSection().globalCount() + (long) ITEM_BYTES * items);
    }

    /** How many bytes of one memory may lie in one array. */
    long piece() {
        return budget.piece();
    }

    /** Has something let go when the account is closed. */
    void onClose(Runnable action) {
        onClose.add(action);
    }

    /** Lets go of what was taken, and gives it back. */
    void close() {
        onClose.forEach(Runnable::run);
        budget.giveBack(taken);
        taken = 0;
        if (refused) {
            LOG.warn(
                    "a guest of '{}' was refused memory, since all guests together may have half of the Java heap, {} bytes; {}",
                    module,
                    budget.bytes(),
                    cures());
        }
    }

    private static String cures() {
        return "raise -Xmx, lower 'limits.memory' or 'instances' of plugins, or choose the engine wasmtime";
    }
}

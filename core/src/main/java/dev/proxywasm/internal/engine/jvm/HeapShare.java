package dev.proxywasm.internal.engine.jvm;

import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.engine.ModuleLimits;
import dev.proxywasm.internal.engine.shared.AdmittedModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of the Java heap the memory of one guest may take, whatever its limit is: what a guest takes, the application lacks.
 *
 * @param bytes of one guest
 */
record HeapShare(long bytes) {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.engine");

    /** Some ten times as many as a large guest has functions. The share does not count them; {@link HeapBudget} does. */
    static final int TABLE_ELEMENTS = 100_000;

    /** An eighth of what this JVM may use. */
    static final HeapShare OF_THIS_JVM = new HeapShare(Runtime.getRuntime().maxMemory() / 8);

    /** Admits a module within its limits and this share. */
    AdmittedModule.Admission admit(String name, byte[] module, ModuleLimits limits) {
        int elements = Math.min(limits.tableElements(), TABLE_ELEMENTS);
        AdmittedModule.Admission admission =
                AdmittedModule.admit(name, module, new ModuleLimits(limits.memoryBytes(), elements));
        if (limits.memoryBytes() <= bytes) {
            return admission;
        }
        try { // what is wrong with it apart from the share has been said
            AdmittedModule.Admission smaller = AdmittedModule.admit(name, module, new ModuleLimits(bytes, elements));
            LOG.info(
                    "guests of '{}' may have {} bytes of memory, an eighth of the Java heap, instead of {}",
                    name,
                    bytes,
                    limits.memoryBytes());
            return smaller;
        } catch (EngineException tooLarge) {
            throw new EngineException(
                    "module '%s' needs more memory than a guest may have in the Java heap, an eighth of it, here %,d bytes; raise -Xmx, or choose the engine wasmtime"
                            .formatted(name, bytes),
                    tooLarge);
        }
    }
}

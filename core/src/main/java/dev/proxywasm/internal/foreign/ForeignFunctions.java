package dev.proxywasm.internal.foreign;

import dev.proxywasm.abi.Status;
import dev.proxywasm.spi.ForeignCall;
import dev.proxywasm.spi.ForeignFunction;
import dev.proxywasm.spi.ForeignFunctionException;
import dev.proxywasm.spi.ForeignFunctionProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The functions that guests of a host can call by name. Immutable. */
public final class ForeignFunctions {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.foreign");

    private final Map<String, ForeignFunction> byName;

    private ForeignFunctions(Map<String, ForeignFunction> byName) {
        this.byName = Map.copyOf(byName);
    }

    /** No more than these. */
    public static ForeignFunctions of(Map<String, ForeignFunction> functions) {
        return new ForeignFunctions(functions);
    }

    /**
     * All that a host has, later ones in place of earlier ones of the same name: built in, from libraries, from the embedder.
     *
     * @param classLoader where libraries are looked for
     */
    public static ForeignFunctions gather(
            Map<String, ForeignFunction> builtIn, ClassLoader classLoader, Map<String, ForeignFunction> embedders) {
        Map<String, ForeignFunction> functions = new HashMap<>(builtIn);
        for (ForeignFunctionProvider provider : ServiceLoader.load(ForeignFunctionProvider.class, classLoader)) {
            functions.putAll(provider.functions());
        }
        functions.putAll(embedders);
        return new ForeignFunctions(functions);
    }

    /**
     * Calls a function.
     *
     * @throws ForeignFunctionException if there is none of that name, or it refuses, or it has a fault of its own: that is the embedder's,
     *     so it is logged and is not the end of the guest
     */
    public byte[] call(String name, ForeignCall call) throws ForeignFunctionException {
        ForeignFunction function = byName.get(name);
        if (function == null) {
            throw new ForeignFunctionException(Status.NOT_FOUND, "there is no foreign function of that name");
        }
        try {
            return function.call(call);
        } catch (RuntimeException fault) {
            LOG.error("plugin '{}': the foreign function {} failed", call.pluginName(), name, fault);
            throw new ForeignFunctionException(Status.INTERNAL_FAILURE, "the function failed: " + fault);
        }
    }
}

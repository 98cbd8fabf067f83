package dev.proxywasm.cel;

import dev.cel.runtime.Program;
import dev.proxywasm.abi.Status;
import dev.proxywasm.spi.ForeignFunctionException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The expressions of one VM by their tokens, which count from 0. Confined to the VM. */
final class Expressions {

    /** A plugin has a handful; one that creates them for every exchange and forgets them must not fill the heap. */
    private static final int MOST = 1000;

    private final Map<Integer, Program> byToken = new HashMap<>();
    private int nextToken;

    /**
     * Keeps an expression.
     *
     * @throws ForeignFunctionException INTERNAL_FAILURE if there are too many
     */
    int add(Program program) throws ForeignFunctionException {
        if (byToken.size() >= MOST) {
            throw new ForeignFunctionException(
                    Status.INTERNAL_FAILURE, "there are " + MOST + " expressions; delete those that are not used");
        }
        byToken.put(nextToken, program);
        return nextToken++;
    }

    @Nullable
    Program find(int token) {
        return byToken.get(token);
    }

    void remove(int token) {
        byToken.remove(token);
    }
}

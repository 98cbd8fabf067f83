package dev.proxywasm.internal.engine.jvm;

import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.engine.Guest;
import dev.proxywasm.internal.engine.ModuleLimits;
import dev.proxywasm.internal.engine.TestEngine;
import dev.proxywasm.testing.Wat;
import java.util.ArrayList;
import java.util.List;

/**
 * A main class: in each of 20 rounds, 12 guests take all the memory and tables that they can get, and an application needs a third of the
 * heap; what was a guest is held on to. Prints how often the application got it.
 */
final class GreedyGuestsScenario {

    private static final String GREEDY =
            """
            (module
              (memory (export "memory") 1)
              (table $t 0 funcref)
              (func (export "a") (result i32)
                (loop $l (br_if $l (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
                (loop $l (br_if $l (i32.ne (table.grow $t (ref.null func) (i32.const 5000)) (i32.const -1))))
                (memory.size)))
            """;

    private static final int ROUNDS = 20;
    private static final int GUESTS = 12;
    private static final int APPLICATION_ARRAYS = 64;

    private GreedyGuestsScenario() {}

    public static void main(String[] arguments) {
        byte[] module = Wat.compile(GREEDY);
        ModuleLimits limits = new ModuleLimits(128L << 20, 1_000_000);
        List<Object> held = new ArrayList<>();
        int served = 0;
        int rounds = 0;
        try (var engine = TestEngine.JVM.start();
                var code = engine.compile("greedy", module, limits)) {
            for (; rounds < ROUNDS; rounds++) {
                List<AutoCloseable> open = new ArrayList<>();
                for (int i = 0; i < GUESTS; i++) {
                    try {
                        var instance = code.instantiate(Guest.spec(Guest.ZERO));
                        open.add(instance);
                        var calls = instance.newCalls();
                        calls.add(0, 0, 0, 0, 0, 0);
                        instance.run(calls, 60 * Guest.SECOND);
                    } catch (EngineException refused) {
                        // there is no room for one more
                    }
                }
                served += serve();
                close(open);
                held.addAll(open);
            }
        }
        System.out.println("application served " + served + ", rounds " + rounds + " holding " + held.size());
    }

    /** An application that needs 32 MiB for a moment. */
    private static int serve() {
        List<byte[]> needed = new ArrayList<>();
        for (int i = 0; i < APPLICATION_ARRAYS; i++) {
            needed.add(new byte[512 * 1024 - 64]);
        }
        return needed.size() == APPLICATION_ARRAYS ? 1 : 0;
    }

    private static void close(List<AutoCloseable> open) {
        try {
            for (AutoCloseable instance : open) {
                instance.close();
            }
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

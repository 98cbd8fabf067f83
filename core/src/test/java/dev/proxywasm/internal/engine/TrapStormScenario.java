package dev.proxywasm.internal.engine;

import dev.proxywasm.testing.Wat;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A main class: traps of every kind on 8 threads while garbage is collected and Java throws on the same threads. */
final class TrapStormScenario {

    private static TestEngine engine = TestEngine.WASMTIME;

    private static final int THREADS = 8;
    private static final int ROUNDS = 3;
    private static final List<String> BODIES = List.of(
            "(unreachable)",
            "(i32.load (i32.const -8))",
            "(i32.div_u (i32.const 1) (i32.const 0))",
            "(call $deep)",
            "(call_indirect (result i32) (i32.const 0))",
            "(call $host)");

    private TrapStormScenario() {}

    public static void main(String[] arguments) throws InterruptedException {
        engine = TestEngine.valueOf(arguments[0]);
        List<CompiledModule> modules =
                BODIES.stream().map(TrapStormScenario::compile).toList();
        AtomicInteger traps = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> storm(modules, traps), "storm-" + i);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                System.gc();
                thread.join(50);
            }
        }
        System.out.println(traps.get() == THREADS * ROUNDS * BODIES.size() ? "alive" : "only " + traps + " traps");
    }

    private static CompiledModule compile(String body) {
        String wat =
                """
                (module
                  (import "env" "host" (func $host (result i32)))
                  (memory 1)
                  (table 1 funcref)
                  (func $deep (result i32) (i32.add (call $deep) (i32.const 1)))
                  (func (export "a") (result i32) %s))
                """
                        .formatted(body);
        return engine.shared().compile(body, Wat.compile(wat), Guest.LIMITS);
    }

    private static void storm(List<CompiledModule> modules, AtomicInteger traps) {
        for (int i = 0; i < ROUNDS; i++) {
            for (CompiledModule module : modules) {
                if (isTrapped(module)) {
                    traps.incrementAndGet();
                }
                javaFailures();
            }
        }
    }

    private static boolean isTrapped(CompiledModule module) {
        try (WasmInstance instance = module.instantiate(Guest.spec((index, frame) -> failing(null)))) {
            GuestCalls calls = instance.newCalls();
            calls.add(0, 0, 0, 0, 0, 0);
            instance.run(calls, 60 * Guest.SECOND);
            return false;
        } catch (WasmTrap trap) {
            return trap.kind() != WasmTrap.Cause.TIMEOUT;
        } catch (NullPointerException expected) {
            return true;
        }
    }

    private static void javaFailures() {
        try {
            failing(null);
        } catch (NullPointerException expected) {
            // the JVM makes it from a signal, as the engine does with its traps
        }
        try {
            recurse(0);
        } catch (StackOverflowError expected) {
            // likewise
        }
    }

    private static int failing(String text) {
        return text.length();
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int recurse(int n) {
        return recurse(n + 1) + 1;
    }
}

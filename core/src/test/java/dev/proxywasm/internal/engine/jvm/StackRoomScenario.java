package dev.proxywasm.internal.engine.jvm;

import dev.proxywasm.internal.engine.Guest;
import dev.proxywasm.internal.engine.GuestCalls;
import dev.proxywasm.internal.engine.TestEngine;
import dev.proxywasm.internal.engine.WasmInstance;
import dev.proxywasm.internal.engine.WasmTrap;

/**
 * A main class: guests that recurse until there is no stack left, and make a hostcall at each depth that needs a quarter of the room that it
 * is promised. Prints how many hostcalls were cut off, or ended the guest otherwise
 * than by a trap. Argument: how many guests.
 */
final class StackRoomScenario {

    private static final String HOSTCALL_AT_EACH_DEPTH =
            """
            (module
              (import "env" "host" (func $host))
              (func $f (export "a") (param $n i32) (result i32)
                (call $host)
                (i32.add (call $f (i32.add (local.get $n) (i32.const 1))) (i32.const 1))))
            """;

    private static final String HOSTCALL_AT_ONE_DEPTH =
            """
            (module
              (import "env" "host" (func $host))
              (func $f (export "a") (param $n i32) (result i32)
                (if (i32.eqz (local.get $n)) (then (call $host) (return (i32.const 0))))
                (i32.add (call $f (i32.sub (local.get $n) (i32.const 1))) (i32.const 1))))
            """;

    private static final int FRAMES = 200;

    private static int cutOff;
    private static int answered;

    private StackRoomScenario() {}

    public static void main(String[] arguments) throws InterruptedException {
        Thread thread = new Thread(null, () -> recurse(Integer.parseInt(arguments[0])), "deep", 1024 * 1024);
        thread.start();
        thread.join();
        Thread small = new Thread(null, StackRoomScenario::callFromEachDepth, "small", 256 * 1024);
        small.start();
        small.join();
        System.out.println("answered " + (answered > 0) + ", cut off " + cutOff);
    }

    private static void recurse(int rounds) {
        for (int i = 0; i < rounds; i++) {
            try (Guest guest = TestEngine.JVM.guest(HOSTCALL_AT_EACH_DEPTH, (index, frame) -> work())) {
                guest.callWithin(60 * Guest.SECOND, 0);
                throw new IllegalStateException("endless recursion ended");
            } catch (WasmTrap trap) {
                if (trap.kind() != WasmTrap.Cause.STACK_EXHAUSTED) {
                    throw trap;
                }
            }
        }
    }

    /** The first hostcall stands at each distance from the end of the stack once, and only a trap is to come of it. */
    private static void callFromEachDepth() {
        try (Guest guest = TestEngine.JVM.guest(HOSTCALL_AT_ONE_DEPTH, (index, frame) -> work())) {
            for (int depth = 500; depth < 2500; depth++) {
                try (WasmInstance instance = guest.module.instantiate(Guest.spec((index, frame) -> work()))) {
                    GuestCalls calls = instance.newCalls();
                    calls.add(0, depth, 0, 0, 0, 0);
                    instance.run(calls, 60 * Guest.SECOND);
                } catch (WasmTrap trap) {
                    if (trap.kind() != WasmTrap.Cause.STACK_EXHAUSTED) {
                        throw trap;
                    }
                } catch (StackOverflowError escaped) {
                    cutOff++;
                }
            }
        }
    }

    /** A hostcall that takes a lock, so to speak: begun and not ended is what must not be. */
    private static void work() {
        cutOff++;
        deep(FRAMES);
        answered++;
        cutOff--;
    }

    private static long deep(int n) {
        return n == 0 ? 0 : deep(n - 1) + n;
    }
}

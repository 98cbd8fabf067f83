package dev.proxywasm.internal.engine;

/**
 * A main class: lets guests recurse for ever, on the main thread, on a new one, and with much of the Java stack used.
 *
 * <p>Arguments: the stack size of the new thread in KiB, and how deep Java recurses before it enters the guest.
 */
final class StackScenario {

    private static TestEngine engine = TestEngine.WASMTIME;

    private static final String RECURSION =
            "(module (func $f (export \"a\") (result i32) (i32.add (call $f) (i32.const 1))))";
    private static final int ROUNDS = 20;

    private StackScenario() {}

    public static void main(String[] arguments) throws InterruptedException {
        engine = TestEngine.valueOf(arguments[0]);
        exhaust("main", 0);
        int stackBytes = Integer.parseInt(arguments[1]) * 1024;
        int depth = Integer.parseInt(arguments[2]);
        Thread thread = new Thread(null, () -> exhaust("thread", depth), "small", stackBytes);
        thread.start();
        thread.join();
        System.out.println("alive");
    }

    private static void exhaust(String where, int depth) {
        for (int i = 0; i < ROUNDS; i++) {
            try (Guest guest = engine.guest(RECURSION, Guest.ZERO)) {
                System.out.println(where + " " + deep(depth, guest));
            }
        }
    }

    private static String deep(int depth, Guest guest) {
        if (depth > 0) {
            return deep(depth - 1, guest);
        }
        try {
            return "returned " + guest.call();
        } catch (WasmTrap trap) {
            return trap.kind().toString();
        }
    }
}

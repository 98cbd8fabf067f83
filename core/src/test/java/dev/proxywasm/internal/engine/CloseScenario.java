package dev.proxywasm.internal.engine;

import dev.proxywasm.testing.Wat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A main class: closes instances at the worst moments, and uses them afterwards. */
final class CloseScenario {

    private static TestEngine engine = TestEngine.WASMTIME;

    private static final String CALLS_HOST =
            """
            (module
              (import "env" "host" (func $host (result i32)))
              (memory (export "memory") 1)
              (func (export "a") (result i32) (i32.add (call $host) (call $host))))
            """;
    private static final int ROUNDS = 15;

    private CloseScenario() {}

    public static void main(String[] arguments) throws InterruptedException {
        engine = TestEngine.valueOf(arguments[0]);
        for (int i = 0; i < ROUNDS; i++) {
            useAfterClose();
            closeInsideAHostcall();
            closeWhileAnotherThreadRuns();
            closeTheModuleAndTheEngineFirst();
        }
        System.out.println("alive");
    }

    private static void useAfterClose() {
        Guest guest = engine.guest(CALLS_HOST, Guest.ZERO);
        GuestMemory memory = guest.instance.memory();
        memory.writeI32(0, 1);
        guest.close();
        refused(guest::call);
        refused(() -> memory.readI32(0));
        refused(() -> memory.write(0, new byte[1], 0, 1));
        refused(() -> memory.contains(0, 1));
        refused(memory::byteSize);
        refused(() -> guest.instance.allocate(1));
        refused(guest.instance::sandboxRegion);
        guest.close();
    }

    private static void closeInsideAHostcall() {
        Guest[] self = new Guest[1];
        Guest guest = engine.guest(CALLS_HOST, (index, frame) -> {
            self[0].close();
            self[0].instance.memory().writeI32(0, 1);
            frame.returnI32(21);
        });
        self[0] = guest;
        require(guest.call() == 42, "the entry goes on to its end");
        refused(guest::call);
    }

    private static void closeWhileAnotherThreadRuns() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        Guest guest = engine.guest(
                "(module (import \"env\" \"in\" (func $in)) (func (export \"a\") (call $in) (loop $l (br $l))))",
                (index, frame) -> inside.countDown());
        WasmTrap[] trap = new WasmTrap[1];
        Thread runner = new Thread(() -> trap[0] = loop(guest), "runner");
        runner.start();
        inside.await();
        guest.close();
        refused(() -> guest.instance.memory().byteSize());
        runner.join();
        require(trap[0].kind() == WasmTrap.Cause.TIMEOUT, "the loop runs into its timeout");
        refused(guest::call);
    }

    private static WasmTrap loop(Guest guest) {
        try {
            guest.callWithin(TimeUnit.MILLISECONDS.toNanos(20));
            throw new IllegalStateException("an endless loop ended");
        } catch (WasmTrap trap) {
            return trap;
        }
    }

    private static void closeTheModuleAndTheEngineFirst() {
        WasmEngine own = engine.start();
        var module = own.compile("m", Wat.compile(CALLS_HOST), Guest.LIMITS);
        WasmInstance instance = module.instantiate(Guest.spec((index, frame) -> frame.returnI32(4)));
        module.close();
        own.close();
        GuestCalls calls = instance.newCalls();
        calls.add(0, 0, 0, 0, 0, 0);
        instance.run(calls, Guest.SECOND);
        require(calls.result(0) == 8, "an instance outlives the close of its module and engine");
        instance.close();
    }

    private static void refused(Runnable use) {
        try {
            use.run();
        } catch (IllegalStateException expected) {
            return;
        }
        throw new IllegalStateException("use of a closed instance was not refused");
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException("not so: " + what);
        }
    }
}

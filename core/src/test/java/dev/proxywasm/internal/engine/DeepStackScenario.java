package dev.proxywasm.internal.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * A main class: uses up the Java stack, and on the way back, from every so many frames that have the engine's room, lets a guest recurse for
 * ever. Argument: the engine.
 *
 * <p>Guests are made before, since making one needs native stack too.
 */
final class DeepStackScenario {

    private static final String RECURSION =
            "(module (func $f (export \"a\") (result i32) (i32.add (call $f) (i32.const 1))))";
    private static final int GUESTS = 60;
    private static final int FRAMES_BETWEEN = 64;

    private final List<Guest> guests = new ArrayList<>();
    private int frames;
    private int refused;
    private int exhausted;

    private DeepStackScenario(TestEngine engine) {
        for (int i = 0; i < GUESTS; i++) {
            guests.add(engine.guest(RECURSION, Guest.ZERO));
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        DeepStackScenario scenario = new DeepStackScenario(TestEngine.valueOf(arguments[0]));
        Thread thread = new Thread(null, scenario::descend, "deep", 1024 * 1024);
        thread.start();
        thread.join();
        System.out.println("alive, refused " + (scenario.refused > 0) + ", exhausted " + (scenario.exhausted > 0));
    }

    @SuppressWarnings("InfiniteRecursion") // that is what it is for
    private void descend() {
        try {
            descend();
        } catch (StackOverflowError bottom) {
            // from here on upwards
        }
        frames++;
        if (frames % FRAMES_BETWEEN == 0 && !guests.isEmpty()) {
            enter(guests.get(guests.size() - 1));
        }
    }

    private void enter(Guest guest) {
        try {
            guest.module.stackRoom().require();
            guest.call();
        } catch (StackOverflowError noRoom) {
            refused++;
        } catch (WasmTrap trap) {
            exhausted++;
            guests.remove(guests.size() - 1);
        }
    }
}

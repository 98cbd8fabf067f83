package dev.proxywasm.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Guest memory from Java's side: bounds, growth, limits, and memories of every origin. */
@ParameterizedClass
@EnumSource(TestEngine.class)
class GuestMemoryTest {

    private final TestEngine engine;

    GuestMemoryTest(TestEngine engine) {
        this.engine = engine;
    }

    private static final int PAGE = 64 * 1024;
    private static final String ONE_PAGE = "(module (memory (export \"memory\") 1 3) (func (export \"a\")))";
    private static final String GROWS_FOREVER =
            """
            (module
              (memory (export "memory") 1)
              (func (export "a") (result i32)
                (loop $l (br_if $l (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
                (memory.size)))
            """;

    private final Guest[] self = new Guest[1];

    @Test
    void keepsToTheBounds() {
        try (Guest guest = engine.guest(ONE_PAGE, Guest.ZERO)) {
            GuestMemory memory = guest.instance.memory();
            assertThat(memory.byteSize()).isEqualTo(PAGE);
            memory.writeI32(PAGE - 4, 0x01020304);
            assertThat(memory.read(PAGE - 4, 4)).containsExactly(4, 3, 2, 1);
            assertThat(memory.readI32(PAGE - 4)).isEqualTo(0x01020304);
            memory.writeI64(PAGE - 8, -2);
            assertThat(memory.contains(PAGE - 8, 8)).isTrue();
            assertThat(memory.contains(PAGE - 8, 9)).isFalse();
            assertThat(memory.contains(-1, 0)).isTrue();
            assertThat(memory.read(-1, 0)).isEmpty();
            memory.write(-1, new byte[1], 0, 0);
        }
    }

    @Test
    void refusesRangesOutside() {
        try (Guest guest = engine.guest(ONE_PAGE, Guest.ZERO)) {
            GuestMemory memory = guest.instance.memory();
            refuses(() -> memory.readI32(PAGE - 3));
            refuses(() -> memory.writeI64(PAGE - 7, 0));
            refuses(() -> memory.writeI32(-4, 0));
            refuses(() -> memory.read(-1, 2));
            refuses(() -> memory.read(0, -1));
            refuses(() -> memory.write(PAGE, new byte[8], 0, 1));
        }
    }

    @Test
    void seesGrowthThatHappensDuringAHostcall() {
        String wat =
                """
                (module
                  (import "env" "fill" (func $fill (param i32) (result i32)))
                  (memory (export "memory") 1)
                  (func (export "alloc") (param i32) (result i32)
                    (i32.mul (memory.grow (i32.const 2)) (i32.const 65536)))
                  (func (export "a") (result i32)
                    (i32.load (call $fill (i32.const 0)))))
                """;
        try (Guest guest = engine.guest(wat, (index, frame) -> {
            GuestMemory memory = self[0].instance.memory();
            memory.writeI32(frame.i32(0), 1);
            int pointer = self[0].instance.allocate(2 * PAGE);
            memory.write(pointer, new byte[2 * PAGE], 0, 2 * PAGE);
            memory.writeI32(pointer + 2 * PAGE - 4, 4711);
            frame.returnI32(pointer + 2 * PAGE - 4);
        })) {
            self[0] = guest;
            assertThat(guest.call()).isEqualTo(4711);
            assertThat(guest.instance.memory().byteSize()).isEqualTo(3 * PAGE);
        }
    }

    @Test
    void stopsGrowthAtTheLimit() {
        try (Guest guest = engine.guest(GROWS_FOREVER, Guest.ZERO)) {
            assertThat(guest.call()).isEqualTo(Guest.LIMITS.memoryPages());
            assertThat(guest.instance.memory().byteSize()).isEqualTo(Guest.LIMITS.memoryBytes());
        }
    }

    @Test
    void makesTheMemoryThatAGuestImports() {
        String wat =
                """
                (module
                  (import "env" "memory" (memory 2))
                  (import "env" "peek" (func $peek (param i32) (result i32)))
                  (data (i32.const 70000) "*")
                  (func (export "a") (result i32)
                    (loop $l (br_if $l (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
                    (i32.add (call $peek (i32.const 70000)) (memory.size))))
                """;
        try (Guest guest = engine.guest(
                wat, (index, frame) -> frame.returnI32(self[0].instance.memory().read(frame.i32(0), 1)[0]))) {
            self[0] = guest;
            assertThat(guest.call()).isEqualTo('*' + Guest.LIMITS.memoryPages());
        }
    }

    @Test
    void isEmptyForAGuestWithoutMemory() {
        try (Guest guest = engine.guest("(module (func (export \"a\")))", Guest.ZERO)) {
            assertThat(guest.instance.memory().byteSize()).isZero();
            refuses(() -> guest.instance.memory().readI32(0));
        }
    }

    private static void refuses(Runnable access) {
        assertThatExceptionOfType(GuestMemoryException.class).isThrownBy(access::run);
    }
}

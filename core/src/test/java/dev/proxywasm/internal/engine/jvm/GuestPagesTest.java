package dev.proxywasm.internal.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.internal.engine.Guest;
import dev.proxywasm.internal.engine.shared.Ticker;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmInterruptedException;
import run.endive.runtime.WasmRuntimeException;
import run.endive.wasm.types.MemoryLimits;

/** Our pages do what the library's memory does. */
class GuestPagesTest {

    private static final MemoryLimits LIMITS = new MemoryLimits(2, 5);
    private static final int GROWTH = 2;
    private static final int STEPS = 20_000;

    /** Of which a sixteenth are 64 pages. */
    private final HeapBudget budget = new HeapBudget(64 << 20);

    private final HeapAccount heap = new HeapAccount("test", budget);
    private final EntryTime time = new EntryTime(new Ticker(Duration.ofDays(1), () -> {}, () -> {}));

    /** Of a small memory, one that outgrows what lies in one array, and one whose end does not. */
    @ParameterizedTest
    @CsvSource({"2, 1", "2, 2", "2, 3", "63, 4", "63, 5", "64, 6", "67, 7"})
    void answersEachAccessAsTheLibraryDoes(int pages, long seed) {
        Random random = new Random(seed);
        MemoryLimits limits = new MemoryLimits(pages, pages + GROWTH);
        Memory ours = new GuestPages(limits, heap, time);
        Memory theirs = new ByteArrayMemory(limits);
        for (int step = 0; step < STEPS; step++) {
            Function<Memory, Object> access = access(random, pages, step);
            assertThat(outcome(ours, access)).as("step %d", step).isEqualTo(outcome(theirs, access));
        }
        int end = (pages + GROWTH) * Memory.PAGE_SIZE;
        assertThat(Arrays.mismatch(ours.readBytes(0, end), theirs.readBytes(0, end)))
                .isEqualTo(-1);
    }

    private static Object outcome(Memory memory, Function<Memory, Object> access) {
        try {
            Object answer = access.apply(memory);
            return answer instanceof byte[] bytes ? Arrays.hashCode(bytes) : answer;
        } catch (WasmRuntimeException outside) {
            assertThat(outside).hasMessageContaining("out of bounds memory access");
            return "outside";
        }
    }

    /** One of each kind of access, mostly about where pages and the memory end. */
    private static Function<Memory, Object> access(Random random, int pages, int step) {
        int at = address(random, pages);
        int other = address(random, pages);
        int size = random.nextInt(8) == 0 ? random.nextInt(5 * Memory.PAGE_SIZE) : random.nextInt(40);
        long value = random.nextLong();
        return switch (step == STEPS / 2 ? 100 : random.nextInt(20)) {
            case 0 -> memory -> memory.read(at);
            case 1 -> memory -> memory.readShort(at);
            case 2 -> memory -> memory.readU16(at);
            case 3 -> memory -> memory.readInt(at);
            case 4 -> memory -> memory.readLong(at);
            case 5 -> memory -> Float.floatToRawIntBits(memory.readFloat(at));
            case 6 -> memory -> Double.doubleToRawLongBits(memory.readDouble(at));
            case 7 -> memory -> memory.readF32(at);
            case 8 -> memory -> memory.readF64(at);
            case 9 -> memory -> memory.readBytes(at, size);
            case 10 -> doing(memory -> memory.writeByte(at, (byte) value));
            case 11 -> doing(memory -> memory.writeShort(at, (short) value));
            case 12 -> doing(memory -> memory.writeI32(at, (int) value));
            case 13 -> doing(memory -> memory.writeLong(at, value));
            case 14 -> doing(memory -> memory.writeF32(at, (float) value));
            case 15 -> doing(memory -> memory.writeF64(at, (double) value));
            case 16 -> doing(memory -> memory.write(at, new byte[] {1, 2, 3, 4, 5}, 1, 4));
            case 17 -> doing(memory -> memory.fill((byte) value, at, at + size));
            case 18 -> doing(memory -> memory.copy(at, other, size));
            case 19 -> doing(memory -> memory.copy(at, at + random(value), size));
            default -> memory -> memory.grow(GROWTH);
        };
    }

    /** A distance at which source and destination overlap. */
    private static int random(long value) {
        return (int) (value % 16);
    }

    private static Function<Memory, Object> doing(Consumer<Memory> access) {
        return memory -> {
            access.accept(memory);
            return "done";
        };
    }

    private static int address(Random random, int pages) {
        int page = random.nextBoolean() ? random.nextInt(4) : pages - 1 + random.nextInt(2 + GROWTH);
        int near = page * Memory.PAGE_SIZE + random.nextInt(40) - 20;
        return random.nextInt(30) == 0 ? random.nextInt() : near;
    }

    @Test
    void growsUpToItsMaximum() {
        Memory memory = new GuestPages(LIMITS, heap, time);
        assertThat(memory.grow(4)).isEqualTo(-1);
        assertThat(memory.grow(3)).isEqualTo(2);
        assertThat(memory.grow(1)).isEqualTo(-1);
        assertThat(memory.grow(0)).isEqualTo(5);
        assertThat(memory.pages()).isEqualTo(5);
    }

    @Test
    void looksAtTheTimeBeforeItGrows() {
        Memory memory = new GuestPages(LIMITS, heap, time);
        time.enter(Duration.ofDays(1).toNanos());
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(WasmInterruptedException.class).isThrownBy(() -> memory.grow(1));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
            time.leave();
        }
        assertThat(memory.pages()).isEqualTo(2);
    }

    @Test
    void letsGoOfItsPagesWithItsAccount() {
        Memory memory = new GuestPages(LIMITS, heap, time);
        assertThat(budget.taken()).isGreaterThan(2 * Memory.PAGE_SIZE);
        heap.close();
        assertThat(memory.pages()).isZero();
        assertThat(budget.taken()).isZero();
    }

    @Test
    void looksAtAnInterruptOnlyIfItIsForTheGuest() {
        GuestPages pages = new GuestPages(new MemoryLimits(1, 1), heap, time);
        Thread.currentThread().interrupt();
        pages.fill((byte) 1, 0, 10);
        time.enter(Guest.SECOND);
        pages.fill((byte) 2, 0, 10);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> pages.fill((byte) 3, 0, 10)).isInstanceOf(WasmInterruptedException.class);
        assertThat(pages.read(0)).isEqualTo((byte) 2);
        time.leave();
        assertThat(Thread.interrupted()).isTrue();
    }
}

package dev.proxywasm.internal.wasm;

import static dev.proxywasm.internal.wasm.WasmAssembler.bytes;
import static dev.proxywasm.internal.wasm.WasmAssembler.module;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are, the outcome is a module or a refusal, at a cost their length bounds. */
class HostileBytesTest {

    private static final int MUTATIONS = 20_000;
    private static final long SEED = 20_240_229;
    private static final long SMALL_ALLOCATION_BYTES = 200_000;

    private final byte[] full = Modules.full();
    private final ModuleRewriter rewriter = new ModuleRewriter(new RewriteLimits(4096, 4, 10_000), "start");

    @Test
    void everyPrefixIsRefusedOrEndsBetweenSections() {
        Set<Integer> accepted = new HashSet<>();
        for (int length = 0; length < full.length; length++) {
            if (isAccepted(Arrays.copyOf(full, length))) {
                accepted.add(length);
            }
        }

        assertThat(accepted).isNotEmpty().isSubsetOf(sectionEnds());
    }

    private Set<Integer> sectionEnds() {
        Set<Integer> ends = new HashSet<>(Set.of(SectionScanner.HEADER_BYTES));
        SectionScanner.scan(full).forEach(section -> ends.add(section.end()));
        return ends;
    }

    @Test
    void randomMutationsAreReadOrRefused() {
        Random random = new Random(SEED);
        long accepted = IntStream.range(0, MUTATIONS)
                .filter(i -> isAccepted(mutated(random)))
                .count();

        assertThat(accepted).isStrictlyBetween(MUTATIONS / 100L, MUTATIONS * 99L / 100);
    }

    /** Changes, removes or inserts up to four runs of bytes behind the header. */
    private byte[] mutated(Random random) {
        byte[] bytes = full;
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = SectionScanner.HEADER_BYTES + random.nextInt(bytes.length - SectionScanner.HEADER_BYTES);
            int removed = Math.min(random.nextInt(3), bytes.length - at - 1);
            byte[] inserted = new byte[random.nextInt(3)];
            random.nextBytes(inserted);
            bytes = WasmAssembler.concat(
                    Arrays.copyOf(bytes, at), inserted, Arrays.copyOfRange(bytes, at + removed, bytes.length));
        }
        return bytes;
    }

    /** Whether both reader and rewriter take the bytes; anything but a refusal fails the test. */
    private boolean isAccepted(byte[] bytes) {
        Throwable failure = catchThrowable(() -> ModuleReader.read(bytes));
        if (failure != null) {
            assertThat(failure).isInstanceOf(MalformedModuleException.class);
            return false;
        }
        Throwable rewriteFailure =
                catchThrowable(() -> ModuleReader.read(rewriter.rewrite(bytes).bytes()));
        if (rewriteFailure != null) {
            assertThat(rewriteFailure).isInstanceOf(ModuleLimitException.class);
        }
        Throwable codeFailure = catchThrowable(() -> ModuleReader.read(Checkpoints.insert(bytes)));
        if (codeFailure != null) {
            assertThat(codeFailure).isInstanceOf(MalformedModuleException.class);
        }
        return true;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 9, 10, 11})
    void aHostileCountFailsBeforeAnythingIsAllocated(int section) {
        byte[] hostile = module().section(section, bytes(0xFF, 0xFF, 0xFF, 0xFF, 0x0F), bytes(0, 0, 0, 0))
                .build();

        long allocated = bytesAllocatedBy(() -> assertThatThrownBy(() -> ModuleReader.read(hostile))
                .isInstanceOf(MalformedModuleException.class)
                .hasMessageContaining("4294967295 ")
                .hasMessageContaining("are declared, but only 4 bytes are left"));

        assertThat(allocated).isLessThan(SMALL_ALLOCATION_BYTES);
    }

    @Test
    void aHostileNameLengthFailsBeforeAnythingIsAllocated() {
        byte[] hostile = module().section(0, bytes(0xFF, 0xFF, 0xFF, 0xFF, 0x0F), bytes(0))
                .build();

        long allocated = bytesAllocatedBy(() ->
                assertThatThrownBy(() -> ModuleReader.read(hostile)).isInstanceOf(MalformedModuleException.class));

        assertThat(allocated).isLessThan(SMALL_ALLOCATION_BYTES);
    }

    private static long bytesAllocatedBy(Runnable action) {
        action.run(); // Classes load on the first run; the second one counts.
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        action.run();
        return threads.getThreadAllocatedBytes(thread) - before;
    }
}

package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.Limits;
import dev.proxywasm.testing.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WasiOutputTest {

    private static final int END = FakeMemory.SIZE;

    private final FakeGuest guest = new FakeGuest();

    @ParameterizedTest
    @CsvSource({"1, INFO", "2, ERROR"})
    void logsWithoutTheLastLineFeed(int fd, String level) {
        assertThat(write(fd, "panic: ", "tea\n")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.scope.log).containsExactly(level + " panic: tea");
        assertThat(guest.u32(RESULT_0)).isEqualTo(11);
    }

    @Test
    void keepsLineFeedsInside() {
        write(1, "a\n\nb\n\n");

        assertThat(guest.scope.log).containsExactly("INFO a\n\nb");
    }

    @Test
    void waitsForTheLineFeedOfATextWrittenInPieces() {
        write(2, "panic: ");
        write(1, "another output");
        write(2, "tea");
        assertThat(guest.scope.log).isEmpty();
        write(2, "\n\ngoroutine ");

        assertThat(guest.scope.log).containsExactly("ERROR panic: tea");
        guest.scope.output.flush();
        assertThat(guest.scope.log)
                .containsExactlyInAnyOrder("ERROR panic: tea", "INFO another output", "ERROR goroutine ");
    }

    @Test
    void keepsNoMoreThanALineOfTheLogWaiting() {
        guest.scope.limit(Limits.builder().logLineBytes(80));

        write(1, "x".repeat(60));
        write(1, "y".repeat(60));
        assertThat(guest.scope.log).containsExactly("INFO " + "x".repeat(60));
        guest.scope.output.flush();
        assertThat(guest.scope.log).endsWith("INFO " + "y".repeat(60));
    }

    @Test
    void logsNothingForALoneLineFeed() {
        assertThat(write(1, "\n")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.scope.log).isEmpty();
        assertThat(guest.u32(RESULT_0)).isEqualTo(1);
    }

    @Test
    void readsTextThatIsSplitInsideACharacterAsOne() {
        write(1, "\u00e2\u0082", "\u00ac\n");
        assertThat(guest.scope.log).containsExactly("INFO \u20ac");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, -1})
    @Spec("wasi#fd_write BADF")
    void answersBadfForOtherDescriptors(int fd) {
        assertThat(write(fd, "tea")).isEqualTo(Errno.BADF);
        assertThat(guest.scope.log).isEmpty();
    }

    @Test
    @Spec("wasi#fd_write SUCCESS")
    void worksWhileTheGuestAllocatesOrStarts() {
        guest.scope.phase = CallPhase.ALLOCATION;
        assertThat(write(2, "a")).isEqualTo(Errno.SUCCESS);
        guest.scope.phase = CallPhase.START;
        assertThat(write(2, "b")).isEqualTo(Errno.SUCCESS);
    }

    @Test
    void fetchesNoMoreThanTheLogShowsAndReportsEverythingWritten() {
        guest.scope.limit(Limits.builder().logLineBytes(80));

        assertThat(write(1, "x".repeat(60), "y".repeat(5000), "z")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.u32(RESULT_0)).isEqualTo(5061);
        guest.scope.output.flush();
        assertThat(guest.scope.log).containsExactly("INFO " + "x".repeat(60) + "y".repeat(24));
    }

    @Test
    void answersFaultForVectorsOutsideMemory() {
        assertThat(guest.wasi("fd_write", 1, END - 4, 1, RESULT_0)).isEqualTo(Errno.FAULT);
        assertThat(guest.wasi("fd_write", 1, -8, 2, RESULT_0)).isEqualTo(Errno.FAULT);
        assertThat(guest.scope.log).isEmpty();
    }

    @Test
    void answersFaultForTextOutsideMemoryAndLogsNothing() {
        FakeGuest.Text text = guest.text("tea");
        int vectors = vectors(text, new FakeGuest.Text(END - 1, 2));

        assertThat(guest.wasi("fd_write", 1, vectors, 2, RESULT_0)).isEqualTo(Errno.FAULT);
        assertThat(guest.scope.log).isEmpty();
        assertThat(guest.scope.memory.text(RESULT_0, 4)).isEqualTo("????");
    }

    @Test
    @Spec({"wasi#fd_write INVAL", "wasi#fd_pwrite INVAL"})
    void answersInvalForMoreVectorsThanAnyoneNeeds() {
        assertThat(guest.wasi("fd_write", 1, 0, 1025, RESULT_0)).isEqualTo(Errno.INVAL);
        assertThat(guest.wasi("fd_write", 1, 0, -1, RESULT_0)).isEqualTo(Errno.INVAL);
        assertThat(guest.wasi("fd_pwrite", 1, 0, -1, 0L, RESULT_0)).isEqualTo(Errno.INVAL);
    }

    @Test
    @Spec("wasi#fd_pwrite BADF")
    void pwriteHasNoOtherDescriptors() {
        assertThat(guest.wasi("fd_pwrite", 3, vectors(guest.text("tea")), 1, 0L, RESULT_0))
                .isEqualTo(Errno.BADF);
    }

    @Test
    @Spec("wasi#fd_pwrite SUCCESS")
    void pwriteLogsToo() {
        FakeGuest.Text text = guest.text("tea");

        assertThat(guest.wasi("fd_pwrite", 1, vectors(text), 1, 0L, RESULT_0)).isEqualTo(Errno.SUCCESS);
        guest.scope.output.flush();
        assertThat(guest.scope.log).containsExactly("INFO tea");
        assertThat(guest.u32(RESULT_0)).isEqualTo(3);
    }

    private Errno write(int fd, String... texts) {
        FakeGuest.Text[] placed = new FakeGuest.Text[texts.length];
        for (int i = 0; i < texts.length; i++) {
            placed[i] = guest.text(texts[i]);
        }
        return guest.wasi("fd_write", fd, vectors(placed), texts.length, RESULT_0);
    }

    private int vectors(FakeGuest.Text... texts) {
        int array = guest.bytes(new byte[8 * texts.length]).ptr();
        for (int i = 0; i < texts.length; i++) {
            guest.scope.memory.writeI32(array + 8 * i, texts[i].ptr());
            guest.scope.memory.writeI32(array + 8 * i + 4, texts[i].size());
        }
        return array;
    }
}

package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_0;
import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.testing.Spec;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WasiTest {

    private static final int END = FakeMemory.SIZE;

    private final FakeGuest guest = new FakeGuest();

    /** All of preview 1, with its real types: i for i32, I for i64. */
    @Test
    void hasAllOfPreview1() {
        String functions = HostcallTable.rows().stream()
                .filter(row -> row.modules().contains("wasi_unstable"))
                .map(row -> row.name() + " " + letters(row))
                .sorted()
                .collect(Collectors.joining("\n"));

        assertThat(functions)
                .isEqualTo(
                        """
                args_get ii
                args_sizes_get ii
                clock_res_get ii
                clock_time_get iIi
                environ_get ii
                environ_sizes_get ii
                fd_advise iIIi
                fd_allocate iII
                fd_close i
                fd_datasync i
                fd_fdstat_get ii
                fd_fdstat_set_flags ii
                fd_fdstat_set_rights iII
                fd_filestat_get ii
                fd_filestat_set_size iI
                fd_filestat_set_times iIIi
                fd_pread iiiIi
                fd_prestat_dir_name iii
                fd_prestat_get ii
                fd_pwrite iiiIi
                fd_read iiii
                fd_readdir iiiIi
                fd_renumber ii
                fd_seek iIii
                fd_sync i
                fd_tell ii
                fd_write iiii
                path_create_directory iii
                path_filestat_get iiiii
                path_filestat_set_times iiiiIIi
                path_link iiiiiii
                path_open iiiiiIIii
                path_readlink iiiiii
                path_remove_directory iii
                path_rename iiiiii
                path_symlink iiiii
                path_unlink_file iii
                poll_oneoff iiii
                proc_exit i
                proc_raise i
                random_get ii
                sched_yield\s
                sock_accept iii
                sock_recv iiiiii
                sock_send iiiii
                sock_shutdown ii""");
    }

    @Test
    void isOfferedUnderBothNames() {
        assertThat(HostcallTable.rows().stream()
                        .map(HostFunction::modules)
                        .filter(modules -> !modules.equals(List.of("env"))))
                .hasSize(46)
                .containsOnly(List.of("wasi_snapshot_preview1", "wasi_unstable"));
    }

    @Test
    @Spec({
        "wasi#fd_read,fd_fdstat_set_flags,fd_pread,fd_prestat_dir_name NOSYS",
        "wasi#fd_seek,fd_close,fd_fdstat_get,fd_fdstat_set_rights,fd_filestat_set_size,fd_filestat_set_times,fd_advise SUCCESS",
        "wasi#fd_allocate,fd_datasync,fd_sync,fd_tell,args_get,poll_oneoff,sched_yield SUCCESS",
        "wasi#fd_fdstat_get,fd_fdstat_set_rights,fd_filestat_get,fd_filestat_set_size,fd_filestat_set_times,fd_allocate BADF",
        "wasi#fd_datasync,fd_sync,fd_tell,fd_prestat_get BADF",
        "wasi#fd_readdir NOTDIR",
        "wasi#path_open NOENT",
        "wasi#path_filestat_get,path_filestat_set_times,path_create_directory,path_remove_directory,path_unlink_file NOTSUP",
        "wasi#path_readlink,path_rename,path_link,path_symlink,proc_raise,sock_accept,sock_recv,sock_send,sock_shutdown NOTSUP"
    })
    void answersAsRuntimesExpectForOutputsAndForOtherDescriptors() {
        String table =
                """
                fd_read, NOSYS, NOSYS
                fd_seek, SUCCESS, SUCCESS
                fd_close, SUCCESS, SUCCESS
                fd_fdstat_get, SUCCESS, BADF
                fd_fdstat_set_flags, NOSYS, NOSYS
                fd_fdstat_set_rights, SUCCESS, BADF
                fd_filestat_get, BADF, BADF
                fd_filestat_set_size, SUCCESS, BADF
                fd_filestat_set_times, SUCCESS, BADF
                fd_advise, SUCCESS, SUCCESS
                fd_allocate, SUCCESS, BADF
                fd_datasync, SUCCESS, BADF
                fd_sync, SUCCESS, BADF
                fd_tell, SUCCESS, BADF
                fd_pread, NOSYS, NOSYS
                fd_readdir, NOTDIR, NOTDIR
                fd_prestat_get, BADF, BADF
                fd_prestat_dir_name, NOSYS, NOSYS
                path_open, NOENT, NOENT
                path_filestat_get, NOTSUP, NOTSUP
                path_filestat_set_times, NOTSUP, NOTSUP
                path_create_directory, NOTSUP, NOTSUP
                path_remove_directory, NOTSUP, NOTSUP
                path_unlink_file, NOTSUP, NOTSUP
                path_readlink, NOTSUP, NOTSUP
                path_rename, NOTSUP, NOTSUP
                path_link, NOTSUP, NOTSUP
                path_symlink, NOTSUP, NOTSUP
                args_get, SUCCESS, SUCCESS
                poll_oneoff, SUCCESS, SUCCESS
                sched_yield, SUCCESS, SUCCESS
                proc_raise, NOTSUP, NOTSUP
                sock_accept, NOTSUP, NOTSUP
                sock_recv, NOTSUP, NOTSUP
                sock_send, NOTSUP, NOTSUP
                sock_shutdown, NOTSUP, NOTSUP
                """;
        table.lines().map(line -> line.split(", ")).forEach(row -> {
            String name = row[0];
            assertThat(guest.wasi(name, arguments(name, 1))).as(name).isEqualTo(Errno.valueOf(row[1]));
            assertThat(guest.wasi(name, arguments(name, 2))).as(name).isEqualTo(Errno.valueOf(row[1]));
            assertThat(guest.wasi(name, arguments(name, 3))).as(name).isEqualTo(Errno.valueOf(row[2]));
        });
    }

    @Test
    @Spec({"wasi#fd_renumber NOTSUP", "wasi#fd_renumber BADF"})
    void cannotRenumber() {
        assertThat(guest.wasi("fd_renumber", 1, 2)).isEqualTo(Errno.NOTSUP);
        assertThat(guest.wasi("fd_renumber", 2, 2)).isEqualTo(Errno.NOTSUP);
        assertThat(guest.wasi("fd_renumber", 1, 3)).isEqualTo(Errno.BADF);
        assertThat(guest.wasi("fd_renumber", 3, 1)).isEqualTo(Errno.BADF);
    }

    @ParameterizedTest
    @CsvSource({"poll_oneoff, 3", "fd_readdir, 4", "path_readlink, 5", "sock_accept, 2"})
    void stubsSetTheirResultToZero(String name, int result) {
        Object[] arguments = arguments(name, 3);
        arguments[result] = RESULT_1;

        guest.wasi(name, arguments);

        assertThat(guest.u32(RESULT_1)).isZero();
        assertThat(guest.scope.memory.text(RESULT_1 + 4, 4)).isEqualTo("????");
    }

    @Test
    @Spec("wasi#fd_fdstat_get SUCCESS")
    void outputsCanBeWritten() {
        assertThat(guest.wasi("fd_fdstat_get", 1, RESULT_0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.scope.memory.readI64(RESULT_0)).isZero();
        assertThat(guest.scope.memory.readI64(RESULT_0 + 8)).isEqualTo(64);
        assertThat(guest.scope.memory.readI64(RESULT_0 + 16)).isZero();
        assertThat(guest.scope.memory.text(RESULT_0 + 24, 4)).isEqualTo("????");
    }

    @Nested
    class Environment {

        @Test
        @Spec("wasi#environ_sizes_get SUCCESS")
        void isEmptyUnlessConfigured() {
            assertThat(guest.wasi("environ_sizes_get", RESULT_0, RESULT_1)).isEqualTo(Errno.SUCCESS);
            assertThat(guest.u32(RESULT_0)).isZero();
            assertThat(guest.u32(RESULT_1)).isZero();
        }

        @Test
        @Spec("wasi#environ_get SUCCESS")
        void isLaidOutAsCExpects() {
            guest.scope.environment = List.of("A=1", "TEA=gr\u00fcn");

            guest.wasi("environ_sizes_get", RESULT_0, RESULT_1);
            assertThat(guest.u32(RESULT_0)).isEqualTo(2);
            assertThat(guest.u32(RESULT_1)).isEqualTo(14);

            assertThat(guest.wasi("environ_get", 64, 128)).isEqualTo(Errno.SUCCESS);
            assertThat(guest.u32(64)).isEqualTo(128);
            assertThat(guest.u32(68)).isEqualTo(132);
            assertThat(guest.scope.memory.text(128, 16)).isEqualTo("A=1\0TEA=gr\u00c3\u00bcn\0??");
        }

        @Test
        void answersFaultAndWritesNothingOutsideMemory() {
            guest.scope.environment = List.of("A=1", "B=2");
            byte[] before = guest.scope.memory.snapshot();

            assertThat(guest.wasi("environ_get", END - 7, 128)).isEqualTo(Errno.FAULT);
            assertThat(guest.wasi("environ_get", 64, END - 7)).isEqualTo(Errno.FAULT);
            assertThat(guest.scope.memory.snapshot()).isEqualTo(before);
            assertThat(guest.wasi("environ_get", END - 8, 128)).isEqualTo(Errno.SUCCESS);
        }

        @Test
        @Spec("wasi#args_sizes_get SUCCESS")
        void hasNoArguments() {
            assertThat(guest.wasi("args_sizes_get", RESULT_0, RESULT_1)).isEqualTo(Errno.SUCCESS);
            assertThat(guest.u32(RESULT_0)).isZero();
            assertThat(guest.u32(RESULT_1)).isZero();
        }
    }

    @Nested
    class Clocks {

        @Test
        @Spec("wasi#clock_time_get SUCCESS")
        void realTimeIsTheHostsClock() {
            assertThat(guest.wasi("clock_time_get", 0, 0L, RESULT_0)).isEqualTo(Errno.SUCCESS);
            assertThat(guest.scope.memory.readI64(RESULT_0))
                    .isEqualTo(TimeUnit.SECONDS.toNanos(1_700_000_000) + 123_456_789);
        }

        @Test
        void monotonicTimeDoesNotGoBack() {
            guest.wasi("clock_time_get", 1, 0L, RESULT_0);
            guest.wasi("clock_time_get", 1, 0L, RESULT_1);

            assertThat(guest.scope.memory.readI64(RESULT_1))
                    .isGreaterThanOrEqualTo(guest.scope.memory.readI64(RESULT_0));
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 3, -1})
        @Spec({"wasi#clock_res_get NOTSUP", "wasi#clock_time_get NOTSUP"})
        void otherClocksDoNotExist(int clock) {
            assertThat(guest.wasi("clock_time_get", clock, 0L, RESULT_0)).isEqualTo(Errno.NOTSUP);
            assertThat(guest.wasi("clock_res_get", clock, RESULT_0)).isEqualTo(Errno.NOTSUP);
            assertThat(guest.scope.memory.text(RESULT_0, 8)).isEqualTo("????????");
        }

        @Test
        @Spec("wasi#clock_res_get SUCCESS")
        void resolutionIsANanosecond() {
            assertThat(guest.wasi("clock_res_get", 1, RESULT_0)).isEqualTo(Errno.SUCCESS);
            assertThat(guest.scope.memory.readI64(RESULT_0)).isEqualTo(1);
        }
    }

    @Nested
    class Randomness {

        @Test
        void fillsTheRangeAndNothingElse() {
            byte[] before = guest.scope.memory.snapshot();

            assertThat(guest.wasi("random_get", 100, 64)).isEqualTo(Errno.SUCCESS);

            assertThat(guest.scope.memory.read(100, 64))
                    .isNotEqualTo("?".repeat(64).getBytes(US_ASCII));
            assertThat(guest.scope.memory.read(0, 100)).isEqualTo(Arrays.copyOf(before, 100));
            assertThat(guest.scope.memory.text(164, 4)).isEqualTo("????");
        }

        @ParameterizedTest
        @CsvSource({"1, 65536, FAULT", "-1, 1, FAULT", "0, 65536, SUCCESS"})
        void staysInsideMemory(int ptr, int size, Errno answer) {
            assertThat(guest.wasi("random_get", ptr, size)).isEqualTo(answer);
        }

        @Test
        @Spec("wasi#random_get INVAL")
        void isBounded() {
            assertThat(guest.wasi("random_get", 0, 65537)).isEqualTo(Errno.INVAL);
            assertThat(guest.wasi("random_get", 0, -1)).isEqualTo(Errno.INVAL);
        }

        @Test
        @Spec("wasi#random_get SUCCESS")
        void acceptsAnEmptyRangeAnywhere() {
            assertThat(guest.wasi("random_get", -1, 0)).isEqualTo(Errno.SUCCESS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1})
    void exitStopsTheGuest(int code) {
        assertThatThrownBy(() -> guest.invoke("wasi_unstable", "proc_exit", code))
                .isInstanceOfSatisfying(
                        GuestExit.class, exit -> assertThat(exit.code()).isEqualTo(code));
    }

    private static Object[] arguments(String name, int fd) {
        HostFunction row = FakeGuest.row("wasi_unstable", name);
        Object[] arguments = new Object[row.params().size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = row.params().get(i).isResult() ? RESULT_0 : 0;
        }
        if (arguments.length > 0) {
            arguments[0] = fd;
        }
        return arguments;
    }

    private static String letters(HostFunction row) {
        return row.type().params().stream()
                .map(type -> type.watName().equals("i32") ? "i" : "I")
                .collect(Collectors.joining());
    }
}

package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.WasiFunction.stub;
import static dev.proxywasm.internal.hostcall.WasiFunction.wasi;

import dev.proxywasm.abi.LogLevel;
import dev.proxywasm.internal.engine.GuestMemory;
import java.util.List;

/** File descriptors: 1 and 2 are the log, all others do not exist. */
final class WasiDescriptors {

    static final List<HostFunction> FUNCTIONS = List.of(
            wasi("fd_write", WasiDescriptors::write)
                    .in("fd", "iovec", "iovec_size")
                    .out("return_written_bytes")
                    .usableIn(CallPhase.START, CallPhase.ALLOCATION)
                    .note("1 is logged at INFO, 2 at ERROR, a line at a time.")
                    .build(),
            stub("fd_read", Errno.NOSYS).in("fd", "iovec", "iovec_size", "read").build(),
            lenient("fd_seek").in("fd").in64("offset").in("whence", "position").build(),
            lenient("fd_close").in("fd").build(),
            wasi("fd_fdstat_get", WasiDescriptors::status)
                    .in("fd")
                    .outStruct("return_status", 24)
                    .note("1 and 2 can be written; others are BADF.")
                    .build(),
            stub("fd_fdstat_set_flags", Errno.NOSYS).in("fd", "flags").build(),
            forOutputs("fd_fdstat_set_rights")
                    .in("fd")
                    .in64("rights_base", "rights_inheriting")
                    .build(),
            stub("fd_filestat_get", Errno.BADF).in("fd", "status").build(),
            forOutputs("fd_filestat_set_size").in("fd").in64("size").build(),
            forOutputs("fd_filestat_set_times")
                    .in("fd")
                    .in64("access_time", "modification_time")
                    .in("flags")
                    .build(),
            stub("fd_advise", Errno.SUCCESS)
                    .in("fd")
                    .in64("offset", "length")
                    .in("advice")
                    .build(),
            forOutputs("fd_allocate").in("fd").in64("offset", "length").build(),
            forOutputs("fd_datasync").in("fd").build(),
            forOutputs("fd_sync").in("fd").build(),
            wasi("fd_tell", WasiDescriptors::position)
                    .in("fd")
                    .out64("return_position")
                    .support(HostFunction.Support.STUB)
                    .note("0 for 1 and 2; others are BADF.")
                    .build(),
            stub("fd_pread", Errno.NOSYS)
                    .in("fd", "iovec", "iovec_size")
                    .in64("offset")
                    .in("read")
                    .build(),
            wasi("fd_pwrite", WasiDescriptors::write)
                    .in("fd", "iovec", "iovec_size")
                    .in64("offset")
                    .out("return_written_bytes")
                    .note("As fd_write.")
                    .build(),
            wasi("fd_readdir", WasiDescriptors::noEntries)
                    .in("fd", "buffer", "buffer_size")
                    .in64("cookie")
                    .out("return_size")
                    .support(HostFunction.Support.STUB)
                    .note("Answers 20 (NOTDIR).")
                    .build(),
            wasi("fd_renumber", WasiDescriptors::renumber)
                    .in("fd", "to")
                    .support(HostFunction.Support.STUB)
                    .note("Answers 58 (NOTSUP) for 1 and 2; others are BADF.")
                    .build(),
            stub("fd_prestat_get", Errno.BADF).in("fd", "prestat").build(),
            stub("fd_prestat_dir_name", Errno.NOSYS)
                    .in("fd", "path", "path_size")
                    .build());

    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final long RIGHT_TO_WRITE = 64;

    private WasiDescriptors() {}

    private static HostFunction.Builder lenient(String name) {
        return wasi(name, call -> {
                    call.warn("has no effect: a filter has no files");
                    return Errno.SUCCESS;
                })
                .support(HostFunction.Support.STUB)
                .note("Answers 0 and does nothing.");
    }

    private static HostFunction.Builder forOutputs(String name) {
        return wasi(name, call -> isOutput(call.i32(0)) ? Errno.SUCCESS : Errno.BADF)
                .support(HostFunction.Support.STUB)
                .note("Answers 0 for 1 and 2; others are BADF.");
    }

    private static Errno write(GuestCall call) {
        int fd = call.i32(0);
        return isOutput(fd) ? WasiOutput.write(call, fd == STDOUT ? LogLevel.INFO : LogLevel.ERROR) : Errno.BADF;
    }

    /** The type is left at unknown, as in Envoy: runtimes only look at the rights. */
    private static Errno status(GuestCall call) {
        if (!isOutput(call.i32(0))) {
            return Errno.BADF;
        }
        GuestMemory memory = call.memory();
        int ptr = call.i32(1);
        memory.writeI64(ptr, 0);
        memory.writeI64(ptr + 8, RIGHT_TO_WRITE);
        memory.writeI64(ptr + 16, 0);
        return Errno.SUCCESS;
    }

    private static Errno position(GuestCall call) {
        call.returnU64(0, 0);
        return isOutput(call.i32(0)) ? Errno.SUCCESS : Errno.BADF;
    }

    private static Errno noEntries(GuestCall call) {
        call.returnU32(0, 0);
        return Errno.NOTDIR;
    }

    private static Errno renumber(GuestCall call) {
        return isOutput(call.i32(0)) && isOutput(call.i32(1)) ? Errno.NOTSUP : Errno.BADF;
    }

    private static boolean isOutput(int fd) {
        return fd == STDOUT || fd == STDERR;
    }
}

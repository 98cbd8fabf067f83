package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.WasiFunction.stub;
import static dev.proxywasm.internal.hostcall.WasiFunction.wasi;

import java.util.List;

/** Paths: there is no file system. */
final class WasiPaths {

    static final List<HostFunction> FUNCTIONS = List.of(
            stub("path_open", Errno.NOENT)
                    .in("fd", "dirflags")
                    .text("path")
                    .in("oflags")
                    .in64("rights_base", "rights_inheriting")
                    .in("fdflags", "opened_fd")
                    .build(),
            stub("path_filestat_get", Errno.NOTSUP)
                    .in("fd", "flags")
                    .text("path")
                    .in("status")
                    .build(),
            stub("path_filestat_set_times", Errno.NOTSUP)
                    .in("fd", "flags")
                    .text("path")
                    .in64("access_time", "modification_time")
                    .in("fstflags")
                    .build(),
            stub("path_create_directory", Errno.NOTSUP).in("fd").text("path").build(),
            stub("path_remove_directory", Errno.NOTSUP).in("fd").text("path").build(),
            stub("path_unlink_file", Errno.NOTSUP).in("fd").text("path").build(),
            wasi("path_readlink", WasiPaths::readLink)
                    .in("fd")
                    .text("path")
                    .in("buffer", "buffer_size")
                    .out("return_size")
                    .support(HostFunction.Support.STUB)
                    .note("Answers 58 (NOTSUP).")
                    .build(),
            stub("path_rename", Errno.NOTSUP)
                    .in("fd")
                    .text("old_path")
                    .in("new_fd")
                    .text("new_path")
                    .build(),
            stub("path_link", Errno.NOTSUP)
                    .in("old_fd", "old_flags")
                    .text("old_path")
                    .in("new_fd")
                    .text("new_path")
                    .build(),
            stub("path_symlink", Errno.NOTSUP)
                    .text("old_path")
                    .in("fd")
                    .text("new_path")
                    .build());

    private WasiPaths() {}

    private static Errno readLink(GuestCall call) {
        call.returnU32(0, 0);
        return Errno.NOTSUP;
    }
}

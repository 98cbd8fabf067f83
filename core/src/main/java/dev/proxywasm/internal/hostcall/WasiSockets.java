package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.WasiFunction.stub;
import static dev.proxywasm.internal.hostcall.WasiFunction.wasi;

import java.util.List;

/** Sockets: there are none. */
final class WasiSockets {

    static final List<HostFunction> FUNCTIONS = List.of(
            wasi("sock_accept", WasiSockets::accept)
                    .in("fd", "flags")
                    .out("return_fd")
                    .support(HostFunction.Support.STUB)
                    .note("Answers 58 (NOTSUP).")
                    .build(),
            stub("sock_recv", Errno.NOTSUP)
                    .in("fd", "iovec", "iovec_size", "flags", "read", "read_flags")
                    .build(),
            stub("sock_send", Errno.NOTSUP)
                    .in("fd", "iovec", "iovec_size", "flags", "written")
                    .build(),
            stub("sock_shutdown", Errno.NOTSUP).in("fd", "how").build());

    private WasiSockets() {}

    private static Errno accept(GuestCall call) {
        call.returnU32(0, 0);
        return Errno.NOTSUP;
    }
}

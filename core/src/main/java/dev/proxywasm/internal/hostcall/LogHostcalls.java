package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.proxy;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxywasm.abi.AbiVersion;
import dev.proxywasm.abi.LogLevel;
import dev.proxywasm.abi.Status;
import java.util.List;

/** Logging. */
final class LogHostcalls {

    static final List<HostFunction> FUNCTIONS = List.of(
            proxy("proxy_log", LogHostcalls::log)
                    .in("log_level")
                    .text("message")
                    .usableIn(CallPhase.START, CallPhase.ALLOCATION)
                    .note("To the logger `dev.proxywasm.plugin.<name>`; long lines are cut.")
                    .build(),
            proxy("proxy_get_log_level", LogHostcalls::level)
                    .out("return_log_level")
                    .versions(AbiVersion.V0_2_1, AbiVersion.V0_2_1)
                    .usableIn(CallPhase.START)
                    .build());

    private LogHostcalls() {}

    /**
     * Writes a line to the plugin's log.
     *
     * <ul>
     *   <li>OK
     *   <li>BAD_ARGUMENT: there is no such level
     * </ul>
     */
    private static Status log(GuestCall call) {
        LogLevel level = call.logLevel(0);
        // A few bytes more than the log shows, so that the log sees that it has to cut.
        int most = call.scope().plugin().limits().logLineBytes() + 4;
        call.scope().log(level, new String(call.bytesUpTo(1, most), UTF_8));
        return Status.OK;
    }

    /** Answers OK and the least severe level that the plugin's log shows. */
    private static Status level(GuestCall call) {
        call.returnU32(0, call.scope().logLevel().ordinal());
        return Status.OK;
    }
}

package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.proxy;

import dev.proxywasm.abi.AbiVersion;
import dev.proxywasm.abi.BufferType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.abi.StreamType;
import dev.proxywasm.internal.context.GuestBuffer;
import java.util.List;

/** What only 0.1.0 has; offered to every version, since real modules import them under later markers too. */
final class LegacyHostcalls {

    static final List<HostFunction> FUNCTIONS = List.of(
            legacy("proxy_get_configuration", LegacyHostcalls::getConfiguration)
                    .outBytes("configuration")
                    .note("The plugin's configuration during `proxy_on_configure`, otherwise the VM's.")
                    .build(),
            legacy("proxy_continue_request", call -> resume(call, StreamType.HTTP_REQUEST))
                    .note("As `proxy_continue_stream`.")
                    .build(),
            legacy("proxy_continue_response", call -> resume(call, StreamType.HTTP_RESPONSE))
                    .note("As `proxy_continue_stream`.")
                    .build(),
            legacy("proxy_clear_route_cache", call -> Status.OK)
                    .note(
                            "The application is always chosen by the headers as the filters left them: no route is kept to forget.")
                    .build());

    private LegacyHostcalls() {}

    private static HostFunction.Builder legacy(String name, Hostcall handler) {
        return proxy(name, handler).versions(AbiVersion.V0_1_0, AbiVersion.V0_1_0);
    }

    /**
     * Reads the configuration.
     *
     * <ul>
     *   <li>OK
     *   <li>NOT_FOUND: the context has none
     * </ul>
     */
    private static Status getConfiguration(GuestCall call) {
        BufferType type = call.scope().isConfiguring() ? BufferType.PLUGIN_CONFIGURATION : BufferType.VM_CONFIGURATION;
        GuestBuffer buffer = call.context().buffer(type);
        if (buffer == null) {
            return Status.NOT_FOUND;
        }
        call.returnBytes(buffer.copy(0, buffer.size()));
        return Status.OK;
    }

    private static Status resume(GuestCall call, StreamType type) {
        call.context().continueStream(type);
        return Status.OK;
    }
}

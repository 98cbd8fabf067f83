package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.HostFunction.proxy;

import dev.proxywasm.Limits;
import dev.proxywasm.abi.BufferType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.context.GuestBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bodies, messages and configuration. */
final class BufferHostcalls {

    static final List<HostFunction> FUNCTIONS = List.of(
            proxy("proxy_get_buffer_bytes", BufferHostcalls::getBytes)
                    .in("buffer_id", "start", "max_size")
                    .outBytes("value")
                    .note("Both configurations can be read at any time.")
                    .build(),
            proxy("proxy_get_buffer_status", BufferHostcalls::getStatus)
                    .in("buffer_id")
                    .out("return_buffer_size", "return_ignored")
                    .build(),
            proxy("proxy_set_buffer_bytes", BufferHostcalls::setBytes)
                    .in("buffer_id", "start", "size")
                    .opaque("value")
                    .note(
                            "Any range can be replaced, also in the middle; beyond the body buffer's limit INTERNAL_FAILURE.")
                    .build());

    private BufferHostcalls() {}

    /**
     * Reads up to {@code max_size} bytes from {@code start}; none if the buffer ends before.
     *
     * <ul>
     *   <li>OK
     *   <li>BAD_ARGUMENT: there is no such buffer in the ABI
     *   <li>NOT_FOUND: the context does not have it now
     * </ul>
     */
    private static Status getBytes(GuestCall call) {
        GuestBuffer buffer = buffer(call);
        if (buffer == null) {
            return Status.NOT_FOUND;
        }
        int start = (int) Math.min(call.u32(1), buffer.size());
        int length = (int) Math.min(call.u32(2), buffer.size() - start);
        if (length == 0) {
            call.returnNothing();
        } else {
            call.returnBytes(buffer.copy(start, length));
        }
        return Status.OK;
    }

    /** Reads the size, and flags that are always 0; statuses as {@link #getBytes}. */
    private static Status getStatus(GuestCall call) {
        GuestBuffer buffer = buffer(call);
        if (buffer == null) {
            return Status.NOT_FOUND;
        }
        call.returnU32(0, buffer.size());
        call.returnU32(1, 0);
        return Status.OK;
    }

    /**
     * Replaces {@code size} bytes from {@code start}. Both are cut to the buffer, so that (0, 0) prepends, a start at or beyond the end
     * appends, and (0, maximum) replaces everything.
     *
     * <ul>
     *   <li>OK
     *   <li>BAD_ARGUMENT: there is no such buffer in the ABI, or it is read-only
     *   <li>NOT_FOUND: the context does not have it now
     *   <li>INTERNAL_FAILURE: it would outgrow the plugin's limit
     * </ul>
     *
     * <p>Differs: Envoy refuses ranges that begin inside, and answers BAD_ARGUMENT for a body that is not there; the specification is
     * followed.
     */
    private static Status setBytes(GuestCall call) {
        BufferType type = call.bufferType(0);
        byte[] value = call.bytes(
                3, limitName(type), mostBytes(type, call.scope().plugin().limits()));
        if (type.compareTo(BufferType.UPSTREAM_DATA) > 0) {
            throw Refusal.badArgument(type + " is read-only");
        }
        GuestBuffer buffer = call.context().buffer(type);
        if (buffer == null) {
            return Status.NOT_FOUND;
        }
        if (!buffer.isWritable()) {
            throw Refusal.badArgument(type + " cannot be changed now");
        }
        int from = (int) Math.min(call.u32(1), buffer.size());
        int to = (int) Math.min(call.u32(1) + call.u32(2), buffer.size());
        if (!buffer.replace(from, to - from, value)) {
            throw Refusal.overLimit(
                    (long) buffer.size() - (to - from) + value.length,
                    "bytes",
                    limitName(type),
                    mostBytes(type, call.scope().plugin().limits()));
        }
        return Status.OK;
    }

    private static @Nullable GuestBuffer buffer(GuestCall call) {
        return call.context().buffer(call.bufferType(0));
    }

    private static String limitName(BufferType type) {
        return isRequestSide(type) ? "request-body-buffer" : "response-body-buffer";
    }

    private static int mostBytes(BufferType type, Limits limits) {
        return isRequestSide(type) ? limits.requestBodyBufferBytes() : limits.responseBodyBufferBytes();
    }

    private static boolean isRequestSide(BufferType type) {
        return type == BufferType.HTTP_REQUEST_BODY || type == BufferType.DOWNSTREAM_DATA;
    }
}

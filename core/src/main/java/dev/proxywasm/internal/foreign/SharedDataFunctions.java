package dev.proxywasm.internal.foreign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.proxywasm.abi.Status;
import dev.proxywasm.spi.ForeignCall;
import dev.proxywasm.spi.ForeignFunctionException;
import dev.proxywasm.spi.SharedData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;

/** What the ABI lacks in shared data: {@code delete_shared_data} and {@code expire_shared_data}. Of this host only. */
final class SharedDataFunctions {

    private static final byte[] NOTHING = {};

    private final SharedData data;

    SharedDataFunctions(SharedData data) {
        this.data = data;
    }

    /**
     * Arguments: the key.
     *
     * @throws ForeignFunctionException NOT_FOUND if it has no value
     */
    byte[] delete(ForeignCall call) throws ForeignFunctionException {
        if (!data.delete(call.vmId(), key(call.arguments(), 0))) {
            throw missing();
        }
        return NOTHING;
    }

    /**
     * Arguments: milliseconds (u64, little-endian), then the key, whose present value ends after that time.
     *
     * @throws ForeignFunctionException BAD_ARGUMENT if there are no eight bytes of time, NOT_FOUND if the key has no value
     */
    byte[] expire(ForeignCall call) throws ForeignFunctionException {
        byte[] arguments = call.arguments();
        if (arguments.length < Long.BYTES) {
            throw Messages.badArgument("the arguments begin with 8 bytes of milliseconds, and are " + arguments.length);
        }
        long millis = ByteBuffer.wrap(arguments).order(ByteOrder.LITTLE_ENDIAN).getLong();
        Duration timeToLive = Duration.ofMillis(millis < 0 ? Long.MAX_VALUE : millis);
        if (!data.expire(call.vmId(), key(arguments, Long.BYTES), timeToLive)) {
            throw missing();
        }
        return NOTHING;
    }

    private static String key(byte[] arguments, int start) {
        return new String(arguments, start, arguments.length - start, ISO_8859_1);
    }

    private static ForeignFunctionException missing() {
        return new ForeignFunctionException(Status.NOT_FOUND, "the key has no value");
    }
}

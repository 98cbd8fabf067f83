package dev.proxywasm.internal.foreign;

import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.codec.MalformedMessageException;
import dev.proxywasm.internal.codec.ProtoFields;
import dev.proxywasm.spi.ForeignCall;
import dev.proxywasm.spi.ForeignFunctionException;

/** Arguments that are protobuf messages, and the refusals that go with them. */
final class Messages {

    private Messages() {}

    /**
     * The arguments of a call.
     *
     * @throws ForeignFunctionException BAD_ARGUMENT if they are no message
     */
    static ProtoFields arguments(ForeignCall call) throws ForeignFunctionException {
        try {
            return ProtoFields.parse(call.arguments());
        } catch (MalformedMessageException malformed) {
            throw badArgument("the arguments are no message: " + malformed.getMessage());
        }
    }

    static ForeignFunctionException badArgument(String message) {
        return new ForeignFunctionException(Status.BAD_ARGUMENT, message);
    }
}

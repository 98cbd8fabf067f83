package dev.proxywasm.internal.foreign;

import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.codec.ProtoFields;
import dev.proxywasm.spi.ForeignCall;
import dev.proxywasm.spi.ForeignFunctionException;

/**
 * {@code declare_property} and {@code set_envoy_filter_state}.
 *
 * <p>The span of a property (filter chain, request, connection) makes no difference here: a property lives as long as its exchange, so that
 * nothing of one request is seen by another on the same connection.
 */
final class PropertyFunctions {

    private static final byte[] NOTHING = {};
    private static final int TYPES = 4;
    private static final int SPANS = 3;

    private PropertyFunctions() {}

    /**
     * DeclarePropertyArguments: name (1), readonly (2), type (3), schema (4), span (5). A property that is read-only can be set once.
     *
     * @throws ForeignFunctionException BAD_ARGUMENT if the message is malformed or the property has been declared before
     */
    static byte[] declare(ForeignCall call) throws ForeignFunctionException {
        ProtoFields arguments = Messages.arguments(call);
        requireBelow(TYPES, arguments.number(3), "type");
        requireBelow(SPANS, arguments.number(5), "span");
        DeclaredProperties declared = call.local(DeclaredProperties.class, DeclaredProperties::new);
        if (!declared.declare(arguments.string(1), arguments.bool(2))) {
            throw Messages.badArgument("property " + arguments.string(1) + " has been declared before");
        }
        return NOTHING;
    }

    /**
     * SetEnvoyFilterStateArguments: path (1), value (2), span (3). The value can be read as {@code filter_state} with that path, by all
     * plugins of the exchange. Differs: Envoy knows a fixed set of paths, some of which change what it does; here none does.
     *
     * @throws ForeignFunctionException BAD_ARGUMENT if the message is malformed, NOT_FOUND if there is no stream
     */
    static byte[] setFilterState(ForeignCall call) throws ForeignFunctionException {
        ProtoFields arguments = Messages.arguments(call);
        requireBelow(SPANS, arguments.number(3), "span");
        if (!call.hasStream() || !call.setProperty(arguments.bytes(2), "filter_state", arguments.string(1))) {
            throw new ForeignFunctionException(Status.NOT_FOUND, "there is no stream to keep the state of");
        }
        return NOTHING;
    }

    private static void requireBelow(int end, long number, String what) throws ForeignFunctionException {
        if (number < 0 || number >= end) {
            throw Messages.badArgument(what + " " + number + " does not exist");
        }
    }
}

package dev.proxywasm.cel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cel.common.CelValidationException;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import dev.proxywasm.abi.Status;
import dev.proxywasm.spi.ForeignCall;
import dev.proxywasm.spi.ForeignFunction;
import dev.proxywasm.spi.ForeignFunctionException;
import dev.proxywasm.spi.ForeignFunctionProvider;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * The foreign functions for expressions, as Envoy has them: created once, evaluated for every exchange.
 *
 * <p>Expressions see the attributes of Envoy as variables ({@code request}, {@code response}, {@code source} and so on), as far as the host
 * knows them. As in Envoy, there are no comprehensions ({@code all}, {@code map}, ...) and regular expressions are small: an expression runs
 * outside of the guest's time limit. Differs: they act on the effective context where Envoy takes the current one.
 */
public final class ExpressionFunctions implements ForeignFunctionProvider {

    private static final byte[] NOTHING = {};

    /** Made by {@link java.util.ServiceLoader}. */
    public ExpressionFunctions() {}

    @Override
    public Map<String, ForeignFunction> functions() {
        return Map.of(
                "expr_create", ExpressionFunctions::create,
                "expr_evaluate", ExpressionFunctions::evaluate,
                "expr_delete", ExpressionFunctions::delete);
    }

    /**
     * Arguments: the expression. Result: its token, 4 bytes.
     *
     * @throws ForeignFunctionException BAD_ARGUMENT if it cannot be parsed or compiled, INTERNAL_FAILURE if the VM has too many
     */
    private static byte[] create(ForeignCall call) throws ForeignFunctionException {
        try {
            Program program = Language.compile(new String(call.arguments(), UTF_8));
            int token = expressions(call).add(program);
            return ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(token)
                    .array();
        } catch (CelValidationException | CelEvaluationException invalid) {
            throw new ForeignFunctionException(
                    Status.BAD_ARGUMENT, "the expression is invalid: " + invalid.getMessage());
        }
    }

    /**
     * Arguments: a token. Result: the value, encoded as a property is.
     *
     * @throws ForeignFunctionException BAD_ARGUMENT if the token is not 4 bytes, NOT_FOUND if it is unknown, INTERNAL_FAILURE if the
     *     evaluation fails (an attribute that is not known, for one), SERIALIZATION_FAILURE if the value has no encoding
     */
    private static byte[] evaluate(ForeignCall call) throws ForeignFunctionException {
        Program program = expressions(call).find(token(call));
        if (program == null) {
            throw new ForeignFunctionException(Status.NOT_FOUND, "there is no expression of that token");
        }
        try {
            return ValueEncoding.encode(program.eval(new Attributes(call)::variable));
        } catch (CelEvaluationException failed) {
            throw new ForeignFunctionException(
                    Status.INTERNAL_FAILURE, "the evaluation failed: " + failed.getMessage());
        }
    }

    /**
     * Arguments: a token, known or not.
     *
     * @throws ForeignFunctionException BAD_ARGUMENT if it is not 4 bytes
     */
    private static byte[] delete(ForeignCall call) throws ForeignFunctionException {
        expressions(call).remove(token(call));
        return NOTHING;
    }

    private static int token(ForeignCall call) throws ForeignFunctionException {
        if (call.arguments().length != Integer.BYTES) {
            throw new ForeignFunctionException(
                    Status.BAD_ARGUMENT, "a token has 4 bytes, not " + call.arguments().length);
        }
        return ByteBuffer.wrap(call.arguments()).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    private static Expressions expressions(ForeignCall call) {
        return call.local(Expressions.class, Expressions::new);
    }
}

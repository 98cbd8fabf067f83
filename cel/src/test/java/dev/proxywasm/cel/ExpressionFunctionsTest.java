package dev.proxywasm.cel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.proxywasm.abi.Status;
import dev.proxywasm.spi.ForeignFunction;
import dev.proxywasm.spi.ForeignFunctionException;
import dev.proxywasm.spi.ForeignFunctionProvider;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionFunctionsTest {

    private final Map<String, ForeignFunction> functions = ServiceLoader.load(ForeignFunctionProvider.class)
            .findFirst()
            .orElseThrow()
            .functions();
    private final FakeCall call = new FakeCall();

    private byte[] call(String name, byte[] arguments) throws ForeignFunctionException {
        call.arguments = arguments;
        return functions.get(name).call(call);
    }

    private byte[] create(String expression) throws ForeignFunctionException {
        return call("expr_create", expression.getBytes(UTF_8));
    }

    private String evaluate(String expression) throws ForeignFunctionException {
        return HexFormat.of().formatHex(call("expr_evaluate", create(expression)));
    }

    private static void assertRefused(Status status, ThrowingCallable action) {
        assertThatThrownBy(action)
                .asInstanceOf(type(ForeignFunctionException.class))
                .extracting(ForeignFunctionException::status)
                .isEqualTo(status);
    }

    private static byte[] integer(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    @Test
    void countsTokensFromZero() throws Exception {
        assertThat(create("1")).containsExactly(0, 0, 0, 0);
        assertThat(create("2")).containsExactly(1, 0, 0, 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'tea'                              | 746561",
                "b'tea'                             | 746561",
                "258                                | 0201000000000000",
                "-1                                 | ffffffffffffffff",
                "258u                               | 0201000000000000",
                "1.0                                | 000000000000f03f",
                "true                               | 01",
                "1 > 2                              | 00",
                "timestamp('1970-01-01T00:00:01Z')  | 00ca9a3b00000000",
                "duration('1s')                     | 00ca9a3b00000000",
                "{'a': '1'}                         | 01000000010000000100000061003100",
                "['a']                              | 010000000100000000000000610000",
                "[]                                 | \"\""
            })
    void encodesValuesAsPropertiesAre(String expression, String hex) throws Exception {
        assertThat(evaluate(expression)).isEqualTo(hex);
    }

    @Test
    void seesAttributesWithTheirTypes() throws Exception {
        call.properties.put("request.path", "/tea".getBytes(UTF_8));
        call.properties.put("source.port", integer(8080));
        call.properties.put("connection.mtls", new byte[] {1});
        call.properties.put("connection.id", integer(7));
        call.properties.put("request.time", integer(1_000_000_000L));
        call.properties.put("plugin_name", "waf".getBytes(UTF_8));
        call.properties.put(
                "request.headers", HexFormat.of().parseHex("02000000010000000100000002000000000000006100310062630000"));

        assertThat(evaluate("request.path.startsWith('/t') && source.port == 8080 && connection.mtls"))
                .isEqualTo("01");
        assertThat(evaluate("connection.id == 7u && request.time < timestamp('1970-01-01T00:00:02Z')"))
                .isEqualTo("01");
        assertThat(evaluate("plugin_name + request.headers['a'] + request.headers.bc"))
                .isEqualTo("77616631");
        assertThat(evaluate("has(request.id) || 'x' in request.headers")).isEqualTo("00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1 +", "'tea", "request.", "has(1)"})
    void refusesToCreateWhatIsInvalid(String expression) {
        assertRefused(Status.BAD_ARGUMENT, () -> create(expression));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "request.id",
                "plugin_name",
                "unknown.attribute",
                "'a' + 1",
                "1 / 0",
                "nothing()",
                "[1].all(x, x > 0)",
                "'a'.matches('(a{50}){50}')"
            })
    void answersInternalFailureForWhatCannotBeEvaluated(String expression) {
        assertRefused(Status.INTERNAL_FAILURE, () -> evaluate(expression));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "type(1)", "{1: 2}"})
    void answersSerializationFailureForWhatHasNoEncoding(String expression) {
        assertRefused(Status.SERIALIZATION_FAILURE, () -> evaluate(expression));
    }

    @Test
    void answersNotFoundForAnUnknownToken() {
        assertRefused(Status.NOT_FOUND, () -> call("expr_evaluate", new byte[4]));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5})
    void answersBadArgumentForATokenOfAnotherSize(int size) {
        assertRefused(Status.BAD_ARGUMENT, () -> call("expr_evaluate", new byte[size]));
        assertRefused(Status.BAD_ARGUMENT, () -> call("expr_delete", new byte[size]));
    }

    @Test
    void deletesAnExpression() throws Exception {
        byte[] token = create("1");

        assertThat(call("expr_delete", token)).isEmpty();
        assertRefused(Status.NOT_FOUND, () -> call("expr_evaluate", token));
        assertThat(call("expr_delete", token)).isEmpty();
    }

    @Test
    void answersInternalFailureForTooManyExpressions() throws Exception {
        for (int i = 0; i < 1000; i++) {
            create("1");
        }
        assertRefused(Status.INTERNAL_FAILURE, () -> create("1"));
    }

    @ParameterizedTest
    @MethodSource
    void refusesExpressionsThatAreDeepOrLong(String expression) {
        assertRefused(Status.BAD_ARGUMENT, () -> create(expression));
    }

    static Stream<String> refusesExpressionsThatAreDeepOrLong() {
        return Stream.of(
                "(".repeat(1000) + "1" + ")".repeat(1000),
                "[".repeat(1000) + "]".repeat(1000),
                "1" + "+1".repeat(5000),
                "a" + ".a".repeat(5000),
                "'" + "a".repeat(20_000) + "'");
    }

    @Test
    void matchesRegularExpressionsInLinearTime() throws Exception {
        call.properties.put("request.path", ("a".repeat(5000) + "!").getBytes(UTF_8));

        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(20), () -> evaluate("request.path.matches('^(a+)+$')")))
                .isEqualTo("00");
    }
}

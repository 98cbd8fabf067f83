package dev.proxywasm.internal.module.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.internal.module.oci.Json.JsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

    @Test
    void readsWhatRegistriesWrite() throws JsonException {
        JsonObject json = Json.object(
                """
                 { "text": "a\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00é", "number": -12, "big": 9007199254740992,
                   "none": null, "flag": true, "off": false, "list": [ {"a": "b"} , {} ], "empty": [], "object": {"c": 1e2} }
                """
                        .getBytes(UTF_8));
        assertThat(json.text("text")).isEqualTo("a\"\\/\b\f\n\r\té😀é");
        assertThat(json.number("number")).isEqualTo(-12);
        assertThat(json.number("big")).isEqualTo(1L << 53);
        assertThat(json.text("none")).isEmpty();
        assertThat(json.text("absent")).isEmpty();
        assertThat(json.number("absent")).isZero();
        assertThat(json.objects("list")).hasSize(2).first().satisfies(first -> assertThat(first.text("a"))
                .isEqualTo("b"));
        assertThat(json.objects("empty")).isEmpty();
        assertThat(json.object("object").number("c")).isEqualTo(100);
        assertThat(json.object("absent").names()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            ``            | it ends too early
            {             | expected '"' at character 2
            {"a":         | it ends too early
            {"a"          | expected ':' at character 5
            {"a":1,}      | expected '"' at character 8
            {"a":1}x      | expected the end at character 8
            {"a":01}      | expected a value at character 8
            {"a":.5}      | expected a value at character 8
            {"a":NaN}     | expected a value at character 6
            {"a":tru}     | expected a value at character 6
            {"a":"\\x"}   | expected an escape at character 9
            {"a":"\\u12"} | expected four hexadecimal digits at character 12
            {'a':1}       | expected '"' at character 2
            []            | expected an object
            "a"           | expected an object
            """)
    void refusesWhatIsNone(String text, String problem) {
        assertThatThrownBy(() -> Json.object(text))
                .isInstanceOf(JsonException.class)
                .hasMessage(problem);
    }

    @Test
    void limitsDepthAndRefusesControlCharacters() {
        assertThatThrownBy(() -> Json.object("{\"a\":" + "[".repeat(100_000)))
                .hasMessage("it is nested more than 32 levels deep");
        assertThatThrownBy(() -> Json.object("{\"a\":\"\n\"}")).hasMessage("it has a control character in a text");
        assertThatThrownBy(() -> Json.object(new byte[] {'{', (byte) 0xFF})).hasMessage("it is not UTF-8 text");
    }

    @Test
    void namesMembersOfAnotherType() throws JsonException {
        JsonObject json = Json.object("{\"a\": 1.5, \"b\": \"x\", \"c\": [1]}");
        assertThatThrownBy(() -> json.text("a")).hasMessage("expected a text as 'a'");
        assertThatThrownBy(() -> json.number("a")).hasMessage("expected a whole number as 'a'");
        assertThatThrownBy(() -> json.number("b")).hasMessage("expected a whole number as 'b'");
        assertThatThrownBy(() -> json.objects("b")).hasMessage("expected a list as 'b'");
        assertThatThrownBy(() -> json.objects("c")).hasMessage("expected an object");
        assertThatThrownBy(() -> json.object("b")).hasMessage("expected an object");
    }
}

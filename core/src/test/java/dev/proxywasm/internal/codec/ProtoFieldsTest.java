package dev.proxywasm.internal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtoFieldsTest {

    @Test
    void readsTheExamplesOfTheProtobufDocumentation() {
        assertThat(parse("089601").number(1)).isEqualTo(150);
        assertThat(parse("120774657374696e67").string(2)).isEqualTo("testing");
        assertThat(ProtoFields.parse(parse("1a03089601").bytes(3)).number(1)).isEqualTo(150);
    }

    @Test
    void readsBackWhatItWrites() {
        byte[] message = ProtoFields.writer()
                .string(1, "sha256")
                .bytes(2, new byte[] {0, -1})
                .bool(3, true)
                .number(400, -2)
                .string(4, "ä".repeat(200))
                .toByteArray();
        ProtoFields fields = ProtoFields.parse(message);

        assertThat(fields.string(1)).isEqualTo("sha256");
        assertThat(fields.bytes(2)).containsExactly(0, -1);
        assertThat(fields.bool(3)).isTrue();
        assertThat(fields.number(400)).isEqualTo(-2);
        assertThat(fields.string(4)).isEqualTo("ä".repeat(200));
    }

    /** Empty fields take two bytes each, and far more once they are read. */
    @Test
    void refusesMoreFieldsThanAnyMessageHas() {
        assertThat(parse("0a00".repeat(ProtoFields.MOST_FIELDS)).bytes(1)).isEmpty();
        assertThatThrownBy(() -> parse("0a00".repeat(ProtoFields.MOST_FIELDS + 1)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("more than 10000 fields");
        assertThatThrownBy(() -> parse("0800".repeat(ProtoFields.MOST_FIELDS + 1)))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void leavesOutDefaults() {
        assertThat(ProtoFields.writer()
                        .string(1, "")
                        .number(2, 0)
                        .bool(3, false)
                        .toByteArray())
                .isEmpty();
    }

    @Test
    void readsMissingFieldsAsTheirDefaults() {
        ProtoFields fields = ProtoFields.parse(new byte[0]);

        assertThat(fields.string(1)).isEmpty();
        assertThat(fields.number(1)).isZero();
        assertThat(fields.bool(1)).isFalse();
        assertThat(fields.all(1)).isEmpty();
    }

    @Test
    void hasTheLastAndAllValuesOfARepeatedField() {
        ProtoFields fields = ProtoFields.parse(
                ProtoFields.writer().string(1, "a").string(1, "b").toByteArray());

        assertThat(fields.string(1)).isEqualTo("b");
        assertThat(fields.all(1)).containsExactly("a".getBytes(UTF_8), "b".getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"0d01000000, 1, 1", "09ffffffffffffffff, 1, -1", "08ffffffffffffffffff01, 1, -1"})
    void readsFixedAndLongNumbers(String hex, int field, long value) {
        assertThat(parse(hex).number(field)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08",
                "0896",
                "12",
                "1205",
                "12ffffffff0f",
                "12ffffffffffffffffff01",
                "00",
                "0b",
                "0c",
                "0e",
                "0d000000",
                "0900",
                "08ffffffffffffffffffff01"
            })
    void refusesWhatIsNoMessage(String hex) {
        assertThatThrownBy(() -> parse(hex)).isInstanceOf(MalformedMessageException.class);
    }

    private static ProtoFields parse(String hex) {
        return ProtoFields.parse(HexFormat.of().parseHex(hex));
    }
}

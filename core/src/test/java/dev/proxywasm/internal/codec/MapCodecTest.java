package dev.proxywasm.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.http.HeaderMap;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MapCodecTest {

    private static final long SEED = 20_240_229;

    /** The example of the specification, with its numbers put right. */
    @Test
    void laysPairsOutAsTheSpecificationDraws() {
        assertThat(MapCodec.encode(HeaderMap.of("a", "1", "bc", "")))
                .inHexadecimal()
                .isEqualTo(hex("02000000 01000000 01000000 02000000 00000000 61003100 62630000"));
    }

    @Test
    void encodesAnEmptyMapAsNothing() {
        assertThat(MapCodec.encode(new HeaderMap())).isEmpty();
        assertThat(MapCodec.encodedSize(new HeaderMap())).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "00000000"})
    void readsEveryFormOfAnEmptyMap(String form) {
        assertThat(MapCodec.decode(hex(form)).isEmpty()).isTrue();
    }

    @Test
    void keepsOrderDuplicatesAndEveryByte() {
        HeaderMap map = HeaderMap.of(":status", "200", "set-cookie", "a", "x", "\u00ff\u0001 ", "set-cookie", "b");

        assertThat(MapCodec.decode(MapCodec.encode(map))).isEqualTo(map);
    }

    @Test
    void readsTextsThatHoldNulsWithinTheirSize() {
        HeaderMap map = HeaderMap.of("x", "a\0b");

        assertThat(MapCodec.decode(MapCodec.encode(map)).value(0)).isEqualTo("a\0b");
    }

    @ParameterizedTest
    @CsvSource({
        "01, offset 0",
        "000000, offset 0",
        "01000000, offset 4",
        "ffffffff, offset 0",
        "01000000 01000000 01000000 6100310000, offset 16",
        "01000000 01000000 01000000 610031, offset 8",
        "01000000 01000000 01000000 61013100, offset 13",
        "01000000 01000000 01000000 61003101, offset 15",
        "01000000 ffffffff 01000000 61003100, offset 4",
        "01000000 01000000 fcffffff 61003100, offset 8",
        "0000000000, offset 4"
    })
    void refusesMalformedMapsAndSaysWhere(String form, String place) {
        assertThatThrownBy(() -> MapCodec.decode(hex(form)))
                .isInstanceOf(MalformedMapException.class)
                .hasMessageStartingWith(place);
    }

    @Test
    void reads1024PairsAndNotOneMore() {
        assertThat(MapCodec.decode(MapCodec.encode(pairs(1024))).size()).isEqualTo(1024);
        assertThatThrownBy(() -> MapCodec.decode(MapCodec.encode(pairs(1025))))
                .isInstanceOf(MalformedMapException.class)
                .hasMessageContaining("1025 pairs");
    }

    @Test
    void readsOneMebibyteAndNotOneByteMore() {
        HeaderMap full = HeaderMap.of("x", "v".repeat(MapCodec.MAX_DECODED_BYTES - 15));
        HeaderMap over = HeaderMap.of("x", "v".repeat(MapCodec.MAX_DECODED_BYTES - 14));

        assertThat(MapCodec.encodedSize(full)).isEqualTo(MapCodec.MAX_DECODED_BYTES);
        assertThat(MapCodec.decode(MapCodec.encode(full))).isEqualTo(full);
        assertThatThrownBy(() -> MapCodec.decode(MapCodec.encode(over))).isInstanceOf(MalformedMapException.class);
    }

    @Test
    void readsBackWhateverItWrites() {
        Random random = new Random(SEED);
        for (int round = 0; round < 2000; round++) {
            HeaderMap map = randomMap(random);
            byte[] bytes = MapCodec.encode(map);

            assertThat(bytes).hasSize(MapCodec.encodedSize(map));
            assertThat(MapCodec.decode(bytes)).isEqualTo(map);
        }
    }

    /** Every damaged map is refused or is another well-formed one, which then encodes to the very same bytes. */
    @Test
    void neverAcceptsADamagedMapHalfway() {
        Random random = new Random(SEED);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = damaged(MapCodec.encode(randomMap(random)), random);
            try {
                HeaderMap map = MapCodec.decode(bytes);
                if (!map.isEmpty()) {
                    assertThat(MapCodec.encodedSize(map)).isEqualTo(bytes.length);
                }
            } catch (MalformedMapException expected) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1_000, 19_999);
    }

    private static HeaderMap randomMap(Random random) {
        HeaderMap map = new HeaderMap();
        for (int i = random.nextInt(12); i > 0; i--) {
            map.add(randomText(random, 'a', 'z'), randomText(random, 0, 255));
        }
        return map;
    }

    private static String randomText(Random random, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append((char) random.nextInt(from, to + 1));
        }
        return text.toString();
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] copy = Arrays.copyOf(bytes, Math.max(0, bytes.length + random.nextInt(-3, 4)));
        for (int i = random.nextInt(4); i > 0 && copy.length > 0; i--) {
            copy[random.nextInt(Math.min(copy.length, 64))] = (byte) random.nextInt(-3, 20);
        }
        return copy;
    }

    private static HeaderMap pairs(int count) {
        HeaderMap map = new HeaderMap();
        for (int i = 0; i < count; i++) {
            map.add("n" + i, "v");
        }
        return map;
    }

    private static byte[] hex(String form) {
        return HexFormat.of().parseHex(form.replace(" ", ""));
    }
}

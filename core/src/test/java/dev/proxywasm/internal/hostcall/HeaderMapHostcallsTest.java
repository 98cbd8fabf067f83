package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_0;
import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.abi.AbiVersion;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.internal.codec.MapCodec;
import dev.proxywasm.testing.Spec;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderMapHostcallsTest {

    private static final int REQUEST = MapType.HTTP_REQUEST_HEADERS.ordinal();
    private static final int TRAILERS = MapType.HTTP_REQUEST_TRAILERS.ordinal();

    private final FakeGuest guest = new FakeGuest();
    private final HeaderMap request = HeaderMap.of(
            ":authority",
            "example.com",
            ":path",
            "/a?b",
            ":method",
            "GET",
            "cookie",
            "a=1",
            "cookie",
            "b=2",
            "empty",
            "");

    @BeforeEach
    void giveRequestHeaders() {
        guest.scope.context.maps.put(MapType.HTTP_REQUEST_HEADERS, request);
    }

    @Nested
    class GetPairs {

        @Test
        void answersTheWholeMap() {
            assertThat(get(REQUEST)).isEqualTo(Status.OK);
            assertThat(MapCodec.decode(guest.scope.memory.read(guest.u32(RESULT_0), guest.u32(RESULT_1))))
                    .isEqualTo(request);
        }

        @Test
        @Spec("0.2.1#proxy_get_header_map_pairs OK")
        void answersNothingForAMapThatIsNotThere() {
            assertThat(get(TRAILERS)).isEqualTo(Status.OK);
            assertThat(guest.u32(RESULT_0)).isZero();
            assertThat(guest.u32(RESULT_1)).isZero();
            assertThat(guest.scope.allocations).isEmpty();
        }

        @Test
        void answersNothingForAnEmptyMap() {
            guest.scope.context.maps.put(MapType.HTTP_REQUEST_TRAILERS, new HeaderMap());

            assertThat(get(TRAILERS)).isEqualTo(Status.OK);
            assertThat(guest.u32(RESULT_1)).isZero();
        }

        @ParameterizedTest
        @ValueSource(ints = {8, -1})
        @Spec("0.2.1#proxy_get_header_map_pairs BAD_ARGUMENT")
        void answersBadArgumentForATypeThatDoesNotExist(int type) {
            assertThat(get(type)).isEqualTo(Status.BAD_ARGUMENT);
            assertNothingReturned();
        }

        @Test
        void answersInvalidMemoryAccessWhenTheAllocatorFails() {
            guest.scope.allocator = size -> 0;

            assertThat(get(REQUEST)).isEqualTo(Status.INVALID_MEMORY_ACCESS);
            assertNothingReturned();
        }

        private Status get(int type) {
            return guest.call("proxy_get_header_map_pairs", type, RESULT_0, RESULT_1);
        }
    }

    @Nested
    class GetValue {

        @Test
        void answersTheFirstValue() {
            assertThat(get(REQUEST, "cookie")).isEqualTo(Status.OK);
            assertThat(guest.returned()).isEqualTo("a=1");
        }

        @Test
        void matchesNamesWithoutRegardToCase() {
            assertThat(get(REQUEST, "COOKIE")).isEqualTo(Status.OK);
        }

        @Test
        void handsBytesOverAsTheyAre() {
            request.set("x", "\u00ff\u0080");

            assertThat(get(REQUEST, "x")).isEqualTo(Status.OK);
            assertThat(guest.returned()).isEqualTo("\u00ff\u0080");
        }

        @Test
        void answersAnEmptyValueWithoutAllocating() {
            assertThat(get(REQUEST, "empty")).isEqualTo(Status.OK);
            assertThat(guest.u32(RESULT_0)).isZero();
            assertThat(guest.u32(RESULT_1)).isZero();
            assertThat(guest.scope.allocations).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(
                value = AbiVersion.class,
                names = {"V0_2_0", "V0_2_1"})
        @Spec("0.2.1#proxy_get_header_map_value NOT_FOUND")
        void answersNotFoundForMissingKey(AbiVersion version) {
            guest.scope.abiVersion = version;

            assertThat(get(REQUEST, "missing")).isEqualTo(Status.NOT_FOUND);
            assertNothingReturned();
        }

        @Test
        @Spec("0.1.0#proxy_get_header_map_value OK")
        void answersAnEmptyValueForMissingKeyIn010() {
            guest.scope.abiVersion = AbiVersion.V0_1_0;

            assertThat(get(REQUEST, "missing")).isEqualTo(Status.OK);
            assertThat(guest.u32(RESULT_0)).isZero();
            assertThat(guest.u32(RESULT_1)).isZero();
        }

        @Test
        @Spec("0.2.1#proxy_get_header_map_value OK")
        void readsAuthorityUnderTheNameHost() {
            assertThat(get(REQUEST, "Host")).isEqualTo(Status.OK);
            assertThat(guest.returned()).isEqualTo("example.com");
        }

        @Test
        @Spec("0.2.1#proxy_get_header_map_value BAD_ARGUMENT")
        void answersBadArgumentForAMapThatIsNotThere() {
            assertThat(get(TRAILERS, "x")).isEqualTo(Status.BAD_ARGUMENT);
            assertNothingReturned();
        }

        @Test
        void answersBadArgumentForATypeThatDoesNotExist() {
            assertThat(get(8, "x")).isEqualTo(Status.BAD_ARGUMENT);
            assertNothingReturned();
        }

        private Status get(int type, String key) {
            return guest.call("proxy_get_header_map_value", type, guest.text(key), RESULT_0, RESULT_1);
        }
    }

    @Nested
    class Write {

        @Test
        @Spec("0.2.1#proxy_add_header_map_value OK")
        void addAppends() {
            assertThat(guest.call("proxy_add_header_map_value", REQUEST, guest.text("Cookie"), guest.text("c=3")))
                    .isEqualTo(Status.OK);
            assertThat(request.getAll("cookie")).containsExactly("a=1", "b=2", "c=3");
        }

        @Test
        @Spec("0.2.1#proxy_replace_header_map_value OK")
        void replaceLeavesOneEntry() {
            assertThat(guest.call("proxy_replace_header_map_value", REQUEST, guest.text("Cookie"), guest.text("c=3")))
                    .isEqualTo(Status.OK);
            assertThat(request.getAll("cookie")).containsExactly("c=3");
        }

        @Test
        void removeRemovesAll() {
            assertThat(guest.call("proxy_remove_header_map_value", REQUEST, guest.text("COOKIE")))
                    .isEqualTo(Status.OK);
            assertThat(request.contains("cookie")).isFalse();
        }

        @Test
        @Spec("0.2.1#proxy_remove_header_map_value OK")
        void removeOfAMissingNameIsOk() {
            assertThat(guest.call("proxy_remove_header_map_value", REQUEST, guest.text("missing")))
                    .isEqualTo(Status.OK);
        }

        @Test
        @Spec({
            "0.2.1#proxy_add_header_map_value BAD_ARGUMENT",
            "0.2.1#proxy_replace_header_map_value BAD_ARGUMENT",
            "0.2.1#proxy_remove_header_map_value BAD_ARGUMENT"
        })
        void answersBadArgumentForAMapThatIsNotThere() {
            assertThat(writes(TRAILERS)).containsOnly(Status.BAD_ARGUMENT).hasSize(4);
        }

        @Test
        void answersBadArgumentForAMapThatWasSentOn() {
            HeaderMap before = request.copy();
            guest.scope.context.readOnly.add(MapType.HTTP_REQUEST_HEADERS);

            assertThat(writes(REQUEST)).containsOnly(Status.BAD_ARGUMENT).hasSize(4);
            assertThat(request).isEqualTo(before);
        }

        @Test
        void answersBadArgumentForATypeThatDoesNotExist() {
            assertThat(writes(8)).containsOnly(Status.BAD_ARGUMENT).hasSize(4);
        }

        private List<Status> writes(int type) {
            FakeGuest.Text text = guest.text("x");
            return List.of(
                    guest.call("proxy_add_header_map_value", type, text, text),
                    guest.call("proxy_replace_header_map_value", type, text, text),
                    guest.call("proxy_remove_header_map_value", type, text),
                    guest.call("proxy_set_header_map_pairs", type, 0, 0));
        }
    }

    @Nested
    class SetPairs {

        @Test
        void replacesEverythingButPseudoHeadersThatAreMissing() {
            assertThat(set(HeaderMap.of(":path", "/new", "a", "1", "a", "2"))).isEqualTo(Status.OK);
            assertThat(request)
                    .isEqualTo(HeaderMap.of(
                            ":path", "/new", ":method", "GET", ":authority", "example.com", "a", "1", "a", "2"));
        }

        @Test
        @Spec("0.2.1#proxy_set_header_map_pairs OK")
        void takesEveryEmptyForm() {
            for (byte[] empty : List.of(new byte[0], new byte[1], new byte[4])) {
                assertThat(guest.call("proxy_set_header_map_pairs", REQUEST, guest.bytes(empty)))
                        .isEqualTo(Status.OK);
                assertThat(request.contains("cookie")).isFalse();
                assertThat(request.get(":method")).isEqualTo("GET");
            }
        }

        @Test
        @Spec("0.2.1#proxy_set_header_map_pairs BAD_ARGUMENT")
        void answersBadArgumentForMalformedPairsAndLeavesTheMap() {
            HeaderMap before = request.copy();

            assertThat(guest.call("proxy_set_header_map_pairs", REQUEST, guest.text("nonsense")))
                    .isEqualTo(Status.BAD_ARGUMENT);
            assertThat(request).isEqualTo(before);
            assertThat(guest.scope.warned).singleElement().asString().contains("offset 0");
        }

        private Status set(HeaderMap pairs) {
            return guest.call("proxy_set_header_map_pairs", REQUEST, guest.bytes(MapCodec.encode(pairs)));
        }
    }

    @Nested
    class GetSize {

        @Test
        @Spec("0.2.1#proxy_get_header_map_size OK")
        void answersTheSizeOfTheSerialisedMap() {
            assertThat(guest.call("proxy_get_header_map_size", REQUEST, RESULT_0))
                    .isEqualTo(Status.OK);
            assertThat(guest.u32(RESULT_0)).isEqualTo(MapCodec.encode(request).length);
        }

        @Test
        @Spec("0.2.1#proxy_get_header_map_size BAD_ARGUMENT")
        void answersBadArgumentForAMapThatIsNotThere() {
            assertThat(guest.call("proxy_get_header_map_size", TRAILERS, RESULT_0))
                    .isEqualTo(Status.BAD_ARGUMENT);
            assertNothingReturned();
        }

        @Test
        void answersBadArgumentForATypeThatDoesNotExist() {
            assertThat(guest.call("proxy_get_header_map_size", 8, RESULT_0)).isEqualTo(Status.BAD_ARGUMENT);
        }
    }

    private void assertNothingReturned() {
        assertThat(guest.scope.memory.text(RESULT_0, 12)).isEqualTo("????????????");
    }
}

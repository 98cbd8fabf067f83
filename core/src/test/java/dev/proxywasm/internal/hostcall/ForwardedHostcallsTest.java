package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.ForwardCalls.slot;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.abi.AbiVersion;
import dev.proxywasm.abi.MapType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.internal.codec.MapCodec;
import dev.proxywasm.internal.hostcall.ForwardCalls.Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Hostcalls whose arguments a test chooses and whose results it reads, made by a guest on the real engine. */
class ForwardedHostcallsTest {

    private static final long ALL = 0xFFFF_FFFFL;

    private final ForwardCalls calls = new ForwardCalls();

    private List<Status> call(String... headers) {
        return call(AbiVersion.V0_2_1, headers);
    }

    private List<Status> call(AbiVersion version, String... headers) {
        try (ForwardHost host = ForwardHost.start(version)) {
            List<Status> answers = host.call(calls, headers);
            shown = host.shown();
            request = host.request();
            return answers;
        }
    }

    private List<String> shown = List.of();
    private HeaderMap request = new HeaderMap();

    private Text map(String... pairs) {
        return calls.bytes(MapCodec.encode(HeaderMap.of(pairs)));
    }

    /** Adds the showing of eight bytes at a slot. */
    private void showEightBytesAt(int number) {
        byte[] range = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(slot(number))
                .putInt(8, 8)
                .array();
        Text text = calls.bytes(range);
        calls.show(text.ptr(), text.ptr() + 8);
    }

    private static String bytes(long value) {
        return new String(
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value)
                        .array(),
                ISO_8859_1);
    }

    @Test
    void pairsKeepOrderRepetitionsAndEmptyValues() {
        Text odd = map("x-a", "1", "x-a", "2", "x-empty", "");
        calls.add("proxy_set_header_map_pairs", 0, odd)
                .add("proxy_get_header_map_pairs", 0, slot(0), slot(1))
                .show();

        assertThat(call()).containsOnly(Status.OK);
        HeaderMap read = MapCodec.decode(shown.get(0).getBytes(ISO_8859_1));
        assertThat(read.getAll("x-a")).containsExactly("1", "2");
        assertThat(read.get("x-empty")).isEmpty();
        assertThat(read.name(0))
                .as("pseudo-headers that the guest left out stay, in front")
                .startsWith(":");
    }

    @Test
    void pairsThatAreNoneAreRefusedAndLeaveTheMap() {
        byte[] whole = MapCodec.encode(HeaderMap.of("x-a", "1", "x-b", "2"));
        ByteBuffer tooMany = ByteBuffer.allocate(4 + 1025 * 10).order(ByteOrder.LITTLE_ENDIAN);
        tooMany.putInt(1025);
        for (int i = 0; i < 1025; i++) {
            tooMany.putInt(0).putInt(0);
        }
        calls.add("proxy_set_header_map_pairs", 0, calls.bytes(Arrays.copyOf(whole, whole.length - 1)))
                .add("proxy_set_header_map_pairs", 0, calls.bytes(Arrays.copyOf(whole, 6)))
                .add("proxy_set_header_map_pairs", 0, calls.bytes(tooMany.array()));

        assertThat(call("x-kept", "1")).containsOnly(Status.BAD_ARGUMENT);
        assertThat(request.get("x-kept")).isEqualTo("1");
        assertThat(request.contains("x-a")).isFalse();
    }

    @Test
    void everyFormOfAnEmptyMapIsTaken() {
        for (int size : new int[] {0, 1, 4}) {
            calls.add("proxy_set_header_map_pairs", 0, calls.bytes(new byte[size]));
        }

        assertThat(call("x-gone", "1")).containsExactly(Status.OK, Status.OK, Status.OK);
        assertThat(request.contains("x-gone")).isFalse();
        assertThat(request.get(":path")).isEqualTo("/");
    }

    @Test
    void headersAreFoundWithoutRegardToCaseAndPseudoHeadersComeFirst() {
        Text key = calls.text("X-ThInG");
        calls.add("proxy_get_header_map_value", 0, key, slot(0), slot(1))
                .show()
                .add("proxy_add_header_map_value", 0, key, calls.text("two"))
                .add("proxy_replace_header_map_value", 0, calls.text(":path"), calls.text("/new"))
                .add("proxy_remove_header_map_value", 0, calls.text("x-absent"))
                .add("proxy_get_header_map_pairs", 0, slot(0), slot(1))
                .show();

        assertThat(call("x-thing", "one")).containsOnly(Status.OK);
        assertThat(shown.get(0)).isEqualTo("one");
        assertThat(request.getAll("x-thing")).containsExactly("one", "two");
        assertThat(request.get(":path")).isEqualTo("/new");
        HeaderMap read = MapCodec.decode(shown.get(1).getBytes(ISO_8859_1));
        for (int i = 0; i < 4; i++) {
            assertThat(read.name(i)).startsWith(":");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MapType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"HTTP_REQUEST_HEADERS"})
    void mapsThatAreReadOnlyOrNotThereCannotBeWritten(MapType type) {
        Text text = calls.text("x-a");
        calls.add("proxy_add_header_map_value", type.ordinal(), text, text)
                .add("proxy_replace_header_map_value", type.ordinal(), text, text)
                .add("proxy_remove_header_map_value", type.ordinal(), text)
                .add("proxy_set_header_map_pairs", type.ordinal(), map("x-a", "1"));

        assertThat(call()).hasSize(4).containsOnly(Status.BAD_ARGUMENT);
    }

    @ParameterizedTest
    @EnumSource(AbiVersion.class)
    void aMissingHeaderIsNotFoundExceptIn010WhereItIsEmpty(AbiVersion version) {
        calls.add("proxy_get_header_map_value", 0, calls.text("x-none"), slot(0), slot(1));

        assertThat(call(version)).containsExactly(version == AbiVersion.V0_1_0 ? Status.OK : Status.NOT_FOUND);
    }

    @Test
    void buffersAreReadByRangesOfAnySizeAndWrittenInTheirPhaseOnly() {
        calls.add("proxy_get_buffer_bytes", 6, 0, ALL, slot(0), slot(1))
                .add("proxy_get_buffer_bytes", 6, ALL, ALL, slot(0), slot(1))
                .add("proxy_get_buffer_bytes", 4, 0, ALL, slot(0), slot(1))
                .add("proxy_get_buffer_bytes", 9, 0, ALL, slot(0), slot(1))
                .add("proxy_set_buffer_bytes", 0, 0, 0, calls.text("abc"))
                .add("proxy_set_buffer_bytes", 6, 0, 0, calls.text("abc"));

        assertThat(call())
                .containsExactly(
                        Status.OK,
                        Status.OK,
                        Status.NOT_FOUND,
                        Status.BAD_ARGUMENT,
                        Status.NOT_FOUND,
                        Status.BAD_ARGUMENT);
    }

    @Test
    void metricsHave64BitsAndTheRulesOfTheirTypes() {
        Text name = calls.text("hits");
        calls.add("proxy_define_metric", 0, name, slot(5))
                .add("proxy_increment_metric", 1, 1L << 40)
                .add("proxy_record_metric", 1, 5)
                .add("proxy_get_metric", 1, slot(2));
        showEightBytesAt(2);
        calls.add("proxy_increment_metric", 1, 0)
                .add("proxy_define_metric", 1, name, slot(5))
                .add("proxy_increment_metric", 2, -3)
                .add("proxy_get_metric", 2, slot(2));
        showEightBytesAt(2);
        calls.add("proxy_define_metric", 2, name, slot(5))
                .add("proxy_get_metric", 3, slot(2))
                .add("proxy_increment_metric", 9, 1);

        assertThat(call())
                .containsExactly(
                        Status.OK,
                        Status.OK,
                        Status.OK,
                        Status.OK,
                        Status.OK,
                        Status.BAD_ARGUMENT,
                        Status.OK,
                        Status.OK,
                        Status.OK,
                        Status.OK,
                        Status.OK,
                        Status.BAD_ARGUMENT,
                        Status.NOT_FOUND);
        assertThat(shown).containsExactly(bytes((1L << 40) + 5), bytes(-3));
    }

    @Test
    void queuesKeepOrderAndTellEmptyFromUnknown() {
        Text name = calls.text("work");
        calls.add("proxy_register_shared_queue", name, slot(5))
                .add("proxy_resolve_shared_queue", calls.text(""), name, slot(5))
                .add("proxy_resolve_shared_queue", calls.text("other"), name, slot(5))
                .add("proxy_enqueue_shared_queue", 1, calls.text("one"))
                .add("proxy_enqueue_shared_queue", 1, calls.text("two"))
                .add("proxy_dequeue_shared_queue", 1, slot(0), slot(1))
                .show()
                .add("proxy_dequeue_shared_queue", 1, slot(0), slot(1))
                .add("proxy_dequeue_shared_queue", 1, slot(0), slot(1))
                .add("proxy_dequeue_shared_queue", 99, slot(0), slot(1))
                .add("proxy_enqueue_shared_queue", 99, calls.text("x"));

        assertThat(call())
                .containsExactly(
                        Status.OK,
                        Status.OK,
                        Status.NOT_FOUND,
                        Status.OK,
                        Status.OK,
                        Status.OK,
                        Status.OK,
                        Status.OK,
                        Status.EMPTY,
                        Status.NOT_FOUND,
                        Status.NOT_FOUND);
        assertThat(shown).containsExactly("one");
    }

    @Test
    void sharedDataAreComparedBeforeTheyAreSwapped() {
        Text key = calls.text("k");
        calls.add("proxy_get_shared_data", key, slot(0), slot(1), slot(2))
                .add("proxy_set_shared_data", key, calls.text("first"), 77)
                .add("proxy_set_shared_data", key, calls.text("second"), 0)
                .add("proxy_set_shared_data", key, calls.text("third"), 0x7FFF_FFFF)
                .add("proxy_get_shared_data", key, slot(0), slot(1), slot(2))
                .show();

        assertThat(call())
                .containsExactly(Status.NOT_FOUND, Status.OK, Status.OK, Status.CAS_MISMATCH, Status.OK, Status.OK);
        assertThat(shown).containsExactly("second");
    }

    @Test
    void propertiesAreEncodedByTheirTypes() {
        calls.add("proxy_get_property", calls.text("source\0port"), slot(0), slot(1))
                .show()
                .add("proxy_get_property", calls.text("connection\0mtls\0"), slot(0), slot(1))
                .show()
                .add("proxy_get_property", calls.text("request\0path"), slot(0), slot(1))
                .show()
                .add("proxy_get_property", calls.text("plugin_root_id"), slot(0), slot(1))
                .add("proxy_get_property", calls.text("no\0such"), slot(0), slot(1))
                .add("proxy_set_property", calls.text("mine"), calls.text("value"))
                .add("proxy_get_property", calls.text("mine"), slot(0), slot(1))
                .show();

        assertThat(call())
                .containsExactly(
                        Status.OK,
                        Status.OK,
                        Status.OK,
                        Status.OK,
                        Status.OK,
                        Status.OK,
                        Status.OK,
                        Status.NOT_FOUND,
                        Status.OK,
                        Status.OK,
                        Status.OK);
        assertThat(shown.get(0)).hasSize(8);
        assertThat(shown.get(1)).isEqualTo("\0");
        assertThat(shown.subList(2, 4)).containsExactly("/", "value");
    }

    @Test
    void aRootContextKeepsPropertiesToo() {
        calls.add("proxy_set_effective_context", 1)
                .add("proxy_set_property", calls.text("mine"), calls.text("value"))
                .add("proxy_get_property", calls.text("mine"), slot(0), slot(1))
                .show()
                .add("proxy_set_effective_context", 2);

        assertThat(call()).containsOnly(Status.OK);
        assertThat(shown).containsExactly("value");
    }

    @Test
    void configurationsCanBeReadAtAnyTime() {
        calls.add("proxy_get_buffer_bytes", 7, 0, ALL, slot(0), slot(1))
                .show()
                .add("proxy_get_buffer_bytes", 6, 1, ALL, slot(0), slot(1))
                .show();

        assertThat(call()).containsOnly(Status.OK);
        assertThat(shown).containsExactly("plugin configuration", "M configuration");
    }

    @Test
    void onlyALiveContextBecomesEffective() {
        calls.add("proxy_set_effective_context", 1)
                .add("proxy_set_effective_context", 2)
                .add("proxy_set_effective_context", 3)
                .add("proxy_done");

        assertThat(call()).containsExactly(Status.OK, Status.OK, Status.BAD_ARGUMENT, Status.NOT_FOUND);
    }

    @Test
    void zeroMakesTheContextOfTheCallbackEffectiveAgain() {
        Text path = calls.text(":path");
        calls.add("proxy_set_effective_context", 1)
                .add("proxy_get_header_map_value", 0, path, slot(0), slot(1))
                .add("proxy_set_effective_context", 0)
                .add("proxy_get_header_map_value", 0, path, slot(0), slot(1));

        assertThat(call()).containsExactly(Status.OK, Status.BAD_ARGUMENT, Status.OK, Status.OK);
    }

    @ParameterizedTest
    @CsvSource({"application/grpc, 14, 200, 14", "application/grpc, -1, 200, 7", "text/plain, 14, 403, "})
    void aLocalResponseSpeaksTheLanguageOfItsRequest(String type, int grpcStatus, int status, String told) {
        Text none = calls.text("");
        calls.add("proxy_send_local_response", 403, none, calls.text("no"), map("x-why", "so"), grpcStatus)
                .add("proxy_send_local_response", 500, none, none, none, -1);

        try (ForwardHost host = ForwardHost.start(AbiVersion.V0_2_1)) {
            LocalResponse response = host.reply(calls, "content-type", type);
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.headers().get("grpc-status")).isEqualTo(told);
            assertThat(response.headers().get("x-why")).isEqualTo("so");
        }
    }

    @Test
    void callsAreStartedOrRefused() {
        Text up = calls.text("up");
        calls.add("envoy_resolve_dns", up, slot(0))
                .add("proxy_http_call", up, map(":method", "GET", ":authority", "a"), up, calls.text(""), 0, slot(0))
                .add(
                        "proxy_http_call",
                        up,
                        map(":method", "GET", ":path", "/", ":authority", "a"),
                        up,
                        calls.text(""),
                        0,
                        slot(0))
                .add("proxy_grpc_call", up, up, up, calls.text(""), up, 0, slot(0))
                .add("proxy_get_status", slot(2), slot(0), slot(1));

        try (ForwardHost host = ForwardHost.calling(AnsweringServices.all())) {
            assertThat(host.call(calls))
                    .containsExactly(Status.OK, Status.BAD_ARGUMENT, Status.OK, Status.OK, Status.OK);
        }
    }
}

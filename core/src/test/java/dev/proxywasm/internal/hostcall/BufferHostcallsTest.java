package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_0;
import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.Limits;
import dev.proxywasm.abi.BufferType;
import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.context.GuestBuffer;
import dev.proxywasm.testing.Spec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BufferHostcallsTest {

    private static final long MAXIMUM = 0xFFFFFFFFL;

    private final FakeGuest guest = new FakeGuest();

    private FakeBuffer body(String content) {
        FakeBuffer body = new FakeBuffer(content, 100);
        guest.scope.context.buffers.put(BufferType.HTTP_REQUEST_BODY, body);
        return body;
    }

    @Nested
    class GetBytes {

        @ParameterizedTest
        @CsvSource({
            "0, 5, hello",
            "0, 2, he",
            "1, 3, ell",
            "4, 1, o",
            "0, 4294967295, hello",
            "3, 4294967295, lo",
            "4294967295, 4294967295, ''",
            "5, 1, ''",
            "6, 1, ''",
            "2, 0, ''"
        })
        @Spec("0.2.1#proxy_get_buffer_bytes OK")
        void answersTheBytesOfTheRange(long start, long size, String expected) {
            body("hello");

            assertThat(get(0, start, size)).isEqualTo(Status.OK);
            assertThat(guest.returned()).isEqualTo(expected);
        }

        @Test
        void allocatesNothingForNothing() {
            body("");

            assertThat(get(0, 0, MAXIMUM)).isEqualTo(Status.OK);
            assertThat(guest.u32(RESULT_0)).isZero();
            assertThat(guest.u32(RESULT_1)).isZero();
            assertThat(guest.scope.allocations).isEmpty();
        }

        @Test
        @Spec("0.2.1#proxy_get_buffer_bytes NOT_FOUND")
        void answersNotFoundForABufferThatIsNotThere() {
            assertThat(get(0, 0, MAXIMUM)).isEqualTo(Status.NOT_FOUND);
            assertNothingReturned();
        }

        @ParameterizedTest
        @ValueSource(longs = {9, 0xFFFFFFFFL})
        @Spec("0.2.1#proxy_get_buffer_bytes BAD_ARGUMENT")
        void answersBadArgumentForATypeThatDoesNotExist(long type) {
            assertThat(get(type, 0, MAXIMUM)).isEqualTo(Status.BAD_ARGUMENT);
            assertNothingReturned();
        }

        @Test
        void readsConfiguration() {
            guest.scope.context.buffers.put(
                    BufferType.PLUGIN_CONFIGURATION, GuestBuffer.readOnly("{}".getBytes(US_ASCII)));

            assertThat(get(7, 0, MAXIMUM)).isEqualTo(Status.OK);
            assertThat(guest.returned()).isEqualTo("{}");
        }

        @ParameterizedTest
        @ValueSource(ints = {0, FakeMemory.SIZE, FakeMemory.SIZE - 4, -1})
        void answersInvalidMemoryAccessWhenTheAllocatorFails(int address) {
            body("hello");
            guest.scope.allocator = size -> address;

            assertThat(get(0, 0, MAXIMUM)).isEqualTo(Status.INVALID_MEMORY_ACCESS);
            assertNothingReturned();
        }

        private Status get(long type, long start, long size) {
            return guest.call("proxy_get_buffer_bytes", type, start, size, RESULT_0, RESULT_1);
        }
    }

    @Nested
    class GetStatus {

        @Test
        @Spec("0.2.1#proxy_get_buffer_status OK")
        void answersTheSizeAndNoFlags() {
            body("hello");

            assertThat(get(0)).isEqualTo(Status.OK);
            assertThat(guest.u32(RESULT_0)).isEqualTo(5);
            assertThat(guest.u32(RESULT_1)).isZero();
        }

        @Test
        @Spec("0.2.1#proxy_get_buffer_status NOT_FOUND")
        void answersNotFoundForABufferThatIsNotThere() {
            assertThat(get(0)).isEqualTo(Status.NOT_FOUND);
            assertNothingReturned();
        }

        @Test
        @Spec("0.2.1#proxy_get_buffer_status BAD_ARGUMENT")
        void answersBadArgumentForATypeThatDoesNotExist() {
            assertThat(get(9)).isEqualTo(Status.BAD_ARGUMENT);
            assertNothingReturned();
        }

        private Status get(int type) {
            return guest.call("proxy_get_buffer_status", type, RESULT_0, RESULT_1);
        }
    }

    @Nested
    class SetBytes {

        @ParameterizedTest
        @CsvSource({
            "prepend,              hello, 0,          0,          XYhello",
            "replace all,          hello, 0,          5,          XY",
            "replace all and more, hello, 0,          4294967295, XY",
            "replace the prefix,   hello, 0,          2,          XYllo",
            "append,               hello, 5,          0,          helloXY",
            "append beyond,        hello, 2147483647, 0,          helloXY",
            "append far beyond,    hello, 4294967295, 4294967295, helloXY",
            "inject,               hello, 2,          0,          heXYllo",
            "replace inside,       hello, 1,          3,          hXYo",
            "replace the rest,     hello, 2,          4294967295, heXY",
            "set,                  '',    0,          0,          XY",
            "set with size,        '',    0,          9,          XY"
        })
        void replacesTheRange(String what, String before, long start, long size, String after) {
            FakeBuffer body = body(before);

            assertThat(set(0, start, size, "XY")).isEqualTo(Status.OK);
            assertThat(body.content()).as(what).isEqualTo(after);
        }

        @Test
        @Spec("0.2.1#proxy_set_buffer_bytes OK")
        void deletesTheRangeForAnEmptyValue() {
            FakeBuffer body = body("hello");

            assertThat(set(0, 1, 3, "")).isEqualTo(Status.OK);
            assertThat(body.content()).isEqualTo("ho");
        }

        @Test
        @Spec("0.2.1#proxy_set_buffer_bytes NOT_FOUND")
        void answersNotFoundForABodyThatIsNotThere() {
            assertThat(set(0, 0, 0, "XY")).isEqualTo(Status.NOT_FOUND);
        }

        @ParameterizedTest
        @ValueSource(ints = {4, 5, 6, 7, 8})
        @Spec("0.2.1#proxy_set_buffer_bytes BAD_ARGUMENT")
        void answersBadArgumentForReadOnlyTypesWhetherThereOrNot(int type) {
            assertThat(set(type, 0, 0, "XY")).isEqualTo(Status.BAD_ARGUMENT);
            guest.scope.context.buffers.put(BufferType.values()[type], GuestBuffer.readOnly(new byte[3]));
            assertThat(set(type, 0, 0, "XY")).isEqualTo(Status.BAD_ARGUMENT);
        }

        @Test
        void answersBadArgumentForABodyThatWasSentOn() {
            guest.scope.context.buffers.put(BufferType.HTTP_REQUEST_BODY, FakeBuffer.sentOn("hello"));

            assertThat(set(0, 0, 0, "XY")).isEqualTo(Status.BAD_ARGUMENT);
        }

        @Test
        void answersBadArgumentForATypeThatDoesNotExist() {
            assertThat(set(9, 0, 0, "XY")).isEqualTo(Status.BAD_ARGUMENT);
        }

        @Test
        void answersInternalFailureBeyondTheLimitAndLeavesTheBody() {
            FakeBuffer body = body("x".repeat(99));

            assertThat(set(0, 0, 0, "XY")).isEqualTo(Status.INTERNAL_FAILURE);
            assertThat(body.content()).hasSize(99);
            assertThat(guest.scope.warned).singleElement().asString().contains("101 bytes", "request-body-buffer");
        }

        @Test
        void doesNotFetchAValueThatNoBodyCanHold() {
            guest.scope.limit(Limits.builder().responseBodyBufferBytes(10));
            guest.scope.context.buffers.put(BufferType.HTTP_RESPONSE_BODY, new FakeBuffer("", 10));

            assertThat(set(1, 0, 0, "12345678901")).isEqualTo(Status.INTERNAL_FAILURE);
            assertThat(set(1, 0, 0, "1234567890")).isEqualTo(Status.OK);
        }

        private Status set(int type, long start, long size, String value) {
            return guest.call("proxy_set_buffer_bytes", type, start, size, guest.text(value));
        }
    }

    private void assertNothingReturned() {
        assertThat(guest.scope.memory.text(RESULT_0, 12)).isEqualTo("????????????");
    }
}

package dev.proxywasm.internal.hostcall;

import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_0;
import static dev.proxywasm.internal.hostcall.FakeGuest.RESULT_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.ServiceLimits;
import dev.proxywasm.abi.Status;
import dev.proxywasm.testing.Spec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedQueueHostcallsTest {

    private final FakeGuest guest = new FakeGuest();

    private int register(String name) {
        assertThat(guest.call("proxy_register_shared_queue", guest.text(name), RESULT_0))
                .isEqualTo(Status.OK);
        return guest.u32(RESULT_0);
    }

    private Status enqueue(int id, String value) {
        return guest.call("proxy_enqueue_shared_queue", id, guest.text(value));
    }

    private Status dequeue(int id) {
        return guest.call("proxy_dequeue_shared_queue", id, RESULT_0, RESULT_1);
    }

    @Nested
    class Register {

        @Test
        @Spec("0.2.1#proxy_register_shared_queue OK")
        void countsIdsFromOne() {
            assertThat(register("a")).isEqualTo(1);
            assertThat(register("b")).isEqualTo(2);
        }

        @Test
        void findsAQueueWithItsContents() {
            int id = register("a");
            enqueue(id, "tea");

            assertThat(register("a")).isEqualTo(id);
            assertThat(dequeue(id)).isEqualTo(Status.OK);
        }

        @Test
        void answersInternalFailureWhenThereAreTooMany() {
            guest.scope.shared =
                    FakeServices.within(ServiceLimits.builder().queues(1).build());
            register("a");

            assertThat(guest.call("proxy_register_shared_queue", guest.text("b"), RESULT_0))
                    .isEqualTo(Status.INTERNAL_FAILURE);
            assertThat(register("a")).isEqualTo(1);
            assertThat(guest.scope.warned).singleElement().asString().contains("no room");
        }
    }

    @Nested
    class Resolve {

        @Test
        @Spec("0.2.1#proxy_resolve_shared_queue OK")
        void answersTheIdOfARegisteredQueue() {
            int id = register("a");

            assertThat(resolve("", "a")).isEqualTo(Status.OK);
            assertThat(guest.u32(RESULT_0)).isEqualTo(id);
        }

        @Test
        @Spec("0.2.1#proxy_resolve_shared_queue NOT_FOUND")
        void answersNotFoundForAQueueThatNobodyRegistered() {
            assertThat(resolve("", "a")).isEqualTo(Status.NOT_FOUND);
            assertThat(guest.scope.memory.text(RESULT_0, 4)).isEqualTo("????");
        }

        @Test
        void answersNotFoundForTheQueueOfAnotherVmId() {
            register("a");

            assertThat(resolve("other", "a")).isEqualTo(Status.NOT_FOUND);
        }

        private Status resolve(String vmId, String name) {
            return guest.call("proxy_resolve_shared_queue", guest.text(vmId), guest.text(name), RESULT_0);
        }
    }

    @Nested
    class Enqueue {

        @Test
        @Spec("0.2.1#proxy_enqueue_shared_queue OK")
        void tellsTheRegistrantOnceAMessage() {
            int id = register("a");

            assertThat(enqueue(id, "tea")).isEqualTo(Status.OK);
            assertThat(enqueue(id, "")).isEqualTo(Status.OK);
            assertThat(guest.scope.notices.told).containsExactly("queue 1", "queue 1");
        }

        @Test
        void tellsOnlyTheLastRegistrant() {
            FakeGuest later = new FakeGuest();
            later.scope.shared = guest.scope.shared;
            int id = register("a");
            later.call("proxy_register_shared_queue", later.text("a"), RESULT_0);

            enqueue(id, "tea");

            assertThat(guest.scope.notices.told).isEmpty();
            assertThat(later.scope.notices.told).containsExactly("queue 1");
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 2, -1})
        @Spec("0.2.1#proxy_enqueue_shared_queue NOT_FOUND")
        void answersNotFoundForAnUnknownId(int id) {
            register("a");

            assertThat(enqueue(id, "tea")).isEqualTo(Status.NOT_FOUND);
        }

        @Test
        void answersNotFoundAndWarnsWhenThereAreTooManyMessages() {
            guest.scope.shared =
                    FakeServices.within(ServiceLimits.builder().queueMessages(1).build());
            int id = register("a");
            enqueue(id, "tea");

            assertThat(enqueue(id, "milk")).isEqualTo(Status.NOT_FOUND);
            assertThat(guest.scope.notices.told).hasSize(1);
            assertThat(guest.scope.warned).singleElement().asString().contains("queue 1 is full");
            dequeue(id);
            assertThat(enqueue(id, "milk")).isEqualTo(Status.OK);
        }

        @Test
        void answersNotFoundWhenThereAreTooManyBytes() {
            guest.scope.shared =
                    FakeServices.within(ServiceLimits.builder().queueBytes(5).build());
            int id = register("a");

            assertThat(enqueue(id, "123456")).isEqualTo(Status.NOT_FOUND);
            assertThat(enqueue(id, "12345")).isEqualTo(Status.OK);
            assertThat(enqueue(id, "6")).isEqualTo(Status.NOT_FOUND);
            dequeue(id);
            assertThat(enqueue(id, "6")).isEqualTo(Status.OK);
        }
    }

    @Nested
    class Dequeue {

        @Test
        @Spec("0.2.1#proxy_dequeue_shared_queue OK")
        void takesTheOldestMessage() {
            int id = register("a");
            enqueue(id, "tea");
            enqueue(id, "milk");

            assertThat(dequeue(id)).isEqualTo(Status.OK);
            assertThat(guest.returned()).isEqualTo("tea");
        }

        @Test
        @Spec("0.2.1#proxy_dequeue_shared_queue EMPTY")
        void answersEmptyWhenNothingIsLeft() {
            int id = register("a");
            enqueue(id, "");

            assertThat(dequeue(id)).isEqualTo(Status.OK);
            assertThat(guest.u32(RESULT_1)).isZero();
            assertThat(dequeue(id)).isEqualTo(Status.EMPTY);
        }

        @Test
        @Spec("0.2.1#proxy_dequeue_shared_queue NOT_FOUND")
        void answersNotFoundForAnUnknownId() {
            assertThat(dequeue(1)).isEqualTo(Status.NOT_FOUND);
            assertThat(guest.scope.memory.text(RESULT_0, 12)).isEqualTo("?".repeat(12));
        }
    }
}

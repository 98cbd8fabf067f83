package dev.proxywasm.internal.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.ServiceLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Who is told of messages, whatever becomes of those that registered. */
class InMemorySharedQueuesTest {

    private final InMemorySharedQueues queues = new InMemorySharedQueues(ServiceLimits.DEFAULT);
    private final List<String> told = new ArrayList<>();
    private final IntConsumer first = new Listener("first");
    private final IntConsumer second = new Listener("second");

    private final class Listener implements IntConsumer {

        private final String name;

        Listener(String name) {
            this.name = name;
        }

        @Override
        public void accept(int id) {
            told.add(name + " " + id);
        }
    }

    private void register(IntConsumer listener) {
        assertThat(queues.register("", "jobs", listener)).hasValue(1);
    }

    private void append(String... messages) {
        for (String message : messages) {
            queues.append(1, message.getBytes(US_ASCII));
        }
    }

    private List<String> newlyTold() {
        List<String> now = List.copyOf(told);
        told.clear();
        return now;
    }

    @Test
    void tellsALaterListenerNothingThatAnotherOneKnows() {
        register(first);
        append("tea");
        register(second);
        append("milk");

        assertThat(told).containsExactly("first 1", "second 1");
    }

    @Test
    void tellsTheOneBeforeWhatOnlyTheLastOneKnew() {
        register(first);
        append("tea");
        register(second);
        append("milk", "sugar");
        newlyTold();

        queues.unregister(second);
        append("salt");

        assertThat(told).containsExactly("first 1", "first 1", "first 1");
    }

    @Test
    void tellsTheLastOneWhatOneBeforeItLeaves() {
        register(first);
        append("tea", "milk");
        register(second);
        queues.take(1);
        newlyTold();

        queues.unregister(first);
        queues.unregister(first);

        assertThat(told).containsExactly("second 1");
    }

    @Test
    void keepsMessagesForWhoRegistersNext() {
        register(first);
        append("tea");
        queues.unregister(first);
        append("milk");
        assertThat(newlyTold()).containsExactly("first 1");

        register(second);

        assertThat(newlyTold()).containsExactly("second 1", "second 1");
        assertThat(queues.take(1)).contains("tea".getBytes(US_ASCII));
    }

    @Test
    void forgetsAListenerThatRegisteredTwice() {
        register(first);
        register(second);
        register(first);
        append("tea");
        assertThat(newlyTold()).containsExactly("first 1");

        queues.unregister(first);
        queues.unregister(second);
        newlyTold();
        append("milk");

        assertThat(told).isEmpty();
    }
}

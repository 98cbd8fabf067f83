package dev.proxywasm.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls in the thread that would otherwise start one. */
class ListenerCallsTest {

    private final List<String> called = new ArrayList<>();
    private final ListenerCalls calls = new ListenerCalls(task -> {
        task.run();
        return true;
    });

    @Test
    void goesOnBehindAListenerThatThrows() {
        calls.submit(() -> {
            called.add("first");
            throw new NoClassDefFoundError("as the test wants");
        });
        calls.submit(() -> called.add("second"));
        assertThat(called).containsExactly("first", "second");
    }

    @Test
    void callsNobodyBeforeTheApplicationHasReturned() {
        calls.hold();
        calls.submit(() -> called.add("first"));
        calls.submit(() -> called.add("second"));
        assertThat(called).isEmpty();
        calls.release();
        assertThat(called).containsExactly("first", "second");
    }
}

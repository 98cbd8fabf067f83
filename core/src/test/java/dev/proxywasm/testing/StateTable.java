package dev.proxywasm.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Supplier;

/** What the tests assert that list every pair of a state and an event. */
public final class StateTable {

    private StateTable() {}

    /** That the event leads to that state; or, with {@code -}, that the pair is refused by a message that names both. */
    public static void requireCell(Enum<?> state, Enum<?> event, String expected, Supplier<? extends Enum<?>> after) {
        if (expected.equals("-")) {
            assertThatThrownBy(after::get)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll(state.name(), event.name());
        } else {
            assertThat(after.get()).hasToString(expected);
        }
    }
}

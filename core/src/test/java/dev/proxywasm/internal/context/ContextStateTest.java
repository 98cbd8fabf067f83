package dev.proxywasm.internal.context;

import static dev.proxywasm.testing.StateTable.requireCell;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every state and event of a context; "-" where the pair is not possible. */
class ContextStateTest {

    @ParameterizedTest
    @CsvSource({
        "NEW,       CREATE, ACTIVE",
        "NEW,       DEFER,  -",
        "NEW,       DELETE, DELETED",
        "ACTIVE,    CREATE, -",
        "ACTIVE,    DEFER,  FINISHING",
        "ACTIVE,    DELETE, DELETED",
        "FINISHING, CREATE, -",
        "FINISHING, DEFER,  -",
        "FINISHING, DELETE, DELETED",
        "DELETED,   CREATE, -",
        "DELETED,   DEFER,  -",
        "DELETED,   DELETE, -",
    })
    void goesFromStateToState(ContextState state, ContextState.Event event, String expected) {
        requireCell(state, event, expected, () -> state.after(event));
    }
}

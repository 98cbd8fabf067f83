package dev.proxywasm.internal.vm;

import static dev.proxywasm.testing.StateTable.requireCell;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every state and event of a VM; "-" where the pair is not possible. */
class VmStateTest {

    @ParameterizedTest
    @CsvSource({
        "STARTING,  CONFIGURED, RUNNING",
        "STARTING,  FINISH,     -",
        "STARTING,  FAIL,       FAILED",
        "STARTING,  CLOSE,      CLOSED",
        "RUNNING,   CONFIGURED, -",
        "RUNNING,   FINISH,     FINISHING",
        "RUNNING,   FAIL,       FAILED",
        "RUNNING,   CLOSE,      CLOSED",
        "FINISHING, CONFIGURED, -",
        "FINISHING, FINISH,     -",
        "FINISHING, FAIL,       FAILED",
        "FINISHING, CLOSE,      CLOSED",
        "FAILED,    CONFIGURED, -",
        "FAILED,    FINISH,     FAILED",
        "FAILED,    FAIL,       FAILED",
        "FAILED,    CLOSE,      FAILED",
        "CLOSED,    CONFIGURED, -",
        "CLOSED,    FINISH,     CLOSED",
        "CLOSED,    FAIL,       CLOSED",
        "CLOSED,    CLOSE,      CLOSED",
    })
    void goesFromStateToState(VmState state, VmState.Event event, String expected) {
        requireCell(state, event, expected, () -> state.after(event));
    }
}

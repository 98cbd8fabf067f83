package dev.proxywasm.internal.stream;

import static dev.proxywasm.testing.StateTable.requireCell;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state and event of a direction and of a plugin's part in it; "-" where the pair is not possible. */
class StateTablesTest {

    private static final String HALF =
            """
                      HEADERS HEADERS_AND_END BODY END   REPLY   RESTART ABORT
            IDLE      OPEN    ENDED           -    -     REPLIED IDLE    ABORTED
            OPEN      -       -               OPEN ENDED REPLIED IDLE    ABORTED
            ENDED     -       -               -    -     REPLIED IDLE    ABORTED
            REPLIED   -       -               -    -     REPLIED IDLE    ABORTED
            ABORTED   -       -               -    -     -       -       ABORTED
            """;

    private static final String STEP =
            """
                          PASS_HEADERS HOLD_HEADERS HOLD_ALL PASS_BODY HOLD_BODY    PASS_TRAILERS HOLD_TRAILERS RESUME   BYPASS
            IDLE          PASSING      HEADERS_HELD ALL_HELD -         -            -             -             IDLE     BYPASSED
            PASSING       -            -            -        PASSING   BODY_HELD    PASSING       TRAILERS_HELD PASSING  BYPASSED
            HEADERS_HELD  -            -            -        PASSING   HEADERS_HELD PASSING       HEADERS_HELD  PASSING  BYPASSED
            ALL_HELD      -            -            -        -         -            -             -             PASSING  BYPASSED
            BODY_HELD     -            -            -        PASSING   BODY_HELD    PASSING       TRAILERS_HELD PASSING  BYPASSED
            TRAILERS_HELD -            -            -        -         -            -             -             PASSING  BYPASSED
            BYPASSED      -            -            -        -         -            -             -             BYPASSED BYPASSED
            """;

    /** The cells of a table: row, column, content. */
    static List<Arguments> cells(String table) {
        List<String> lines = table.lines().toList();
        String[] events = lines.get(0).trim().split(" +", -1);
        List<Arguments> cells = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] row = line.split(" +", -1);
            for (int i = 0; i < events.length; i++) {
                cells.add(Arguments.of(row[0], events[i], row[i + 1]));
            }
        }
        return cells;
    }

    static List<Arguments> half() {
        return cells(HALF);
    }

    static List<Arguments> step() {
        return cells(STEP);
    }

    @ParameterizedTest(name = "{0} + {1} = {2}")
    @MethodSource("half")
    void directionsGoFromStateToState(String state, String event, String expected) {
        assertThat(half()).hasSize(HalfState.values().length * HalfState.Event.values().length);
        HalfState before = HalfState.valueOf(state);
        HalfState.Event what = HalfState.Event.valueOf(event);
        requireCell(before, what, expected, () -> before.after(what));
    }

    @ParameterizedTest(name = "{0} + {1} = {2}")
    @MethodSource("step")
    void stepsGoFromStateToState(String state, String event, String expected) {
        assertThat(step()).hasSize(StepState.values().length * StepState.Event.values().length);
        StepState before = StepState.valueOf(state);
        StepState.Event what = StepState.Event.valueOf(event);
        requireCell(before, what, expected, () -> before.after(what));
    }
}

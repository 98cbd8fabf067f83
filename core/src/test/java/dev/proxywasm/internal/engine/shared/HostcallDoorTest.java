package dev.proxywasm.internal.engine.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostcallDoorTest {

    private final HostcallDoor door = new HostcallDoor((index, frame) -> {}, 100);

    @Test
    void isPlainInAPlainCaseAloneAndNotInAHostcallWithinIt() {
        boolean[] within = {true, false};
        HostcallDoor[] self = new HostcallDoor[1];
        self[0] = new HostcallDoor(
                (index, frame) -> {
                    within[0] = self[0].isPlain();
                    within[1] = self[0].isCrossing();
                },
                100);

        assertThat(self[0].isPlain()).isFalse();
        self[0].setPlain(true);
        assertThat(self[0].isPlain()).isTrue();
        self[0].pass(0, self[0].next());
        assertThat(within).containsExactly(false, true);
        assertThat(self[0].isPlain()).as("back in the plain case").isTrue();
        self[0].setPlain(false);
        assertThat(self[0].isCrossing()).isFalse();
    }

    @Test
    void forgetsAPlainCaseThatTheGuestWasStoppedIn() {
        door.setPlain(true);
        door.reset();
        assertThat(door.isPlain()).isFalse();
        assertThat(door.isCrossing()).isFalse();
    }
}

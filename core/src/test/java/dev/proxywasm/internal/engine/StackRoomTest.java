package dev.proxywasm.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackRoomTest {

    private @Nullable Boolean thereAtTheEnd;

    @ParameterizedTest
    @ValueSource(ints = {8, 64, 320, 511})
    void isThereAtTheBeginningOfAStackAndNotAtItsEnd(int kib) throws InterruptedException {
        StackRoom room = StackRoom.of(kib * 1024);
        AtomicReference<Boolean> thereAtTheBeginning = new AtomicReference<>();
        Runnable run = () -> {
            thereAtTheBeginning.set(isThere(room));
            descend(room);
        };
        Thread thread = new Thread(null, run, "application", 1024 * 1024);
        thread.start();
        thread.join();
        assertThat(thereAtTheBeginning).hasValue(true);
        assertThat(thereAtTheEnd).isFalse();
    }

    @SuppressWarnings("InfiniteRecursion") // that is what it is for
    private void descend(StackRoom room) {
        try {
            descend(room);
        } catch (StackOverflowError end) {
            thereAtTheEnd = isThere(room);
        }
    }

    private static boolean isThere(StackRoom room) {
        try {
            room.require();
            return true;
        } catch (StackOverflowError full) {
            return false;
        }
    }

    @Test
    void theLargerOneContainsTheOther() {
        assertThat(StackRoom.NONE.or(StackRoom.OF_HOSTCALL)).isSameAs(StackRoom.OF_HOSTCALL);
        assertThat(StackRoom.OF_HOSTCALL.or(StackRoom.NONE)).isSameAs(StackRoom.OF_HOSTCALL);
    }

    @Test
    void hasABound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StackRoom.of(512 * 1024))
                .withMessageContaining("524288");
    }
}

package dev.proxywasm.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContextTableTest {

    @Test
    void behavesAsAMapWhateverComesAndGoes() {
        Random random = new Random(42);
        ContextTable table = new ContextTable();
        Map<Integer, Context> expected = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            int id = random.nextInt(64) * (random.nextBoolean() ? 1 : 32) - 500;
            if (expected.containsKey(id)) {
                table.remove(id);
                expected.remove(id);
            } else if (expected.size() < 40) {
                Context added = new Numbered(id);
                table.add(added);
                expected.put(id, added);
            }
            int asked = random.nextInt(2048) - 500;
            assertThat(table.find(asked)).isSameAs(expected.get(asked));
            assertThat(table.size()).isEqualTo(expected.size());
        }
        assertThat(table.all()).containsExactlyInAnyOrderElementsOf(expected.values());
    }

    @Test
    void forgetsNothingWhenItGrows() {
        ContextTable table = new ContextTable();
        for (int id = 1; id <= 1000; id++) {
            table.add(new Numbered(id));
        }
        for (int id = 1; id <= 1000; id++) {
            assertThat(table.find(id)).isNotNull();
        }
        assertThat(table.all()).hasSize(1000);
    }

    @Test
    void hasNothingAfterItWasCleared() {
        ContextTable table = new ContextTable();
        table.add(new Numbered(7));
        table.clear();
        assertThat(table.find(7)).isNull();
        assertThat(table.size()).isZero();
        table.remove(7);
        assertThat(table.size()).isZero();
    }

    private static final class Numbered extends Context {
        Numbered(int id) {
            super(id);
        }
    }
}

package dev.proxywasm.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.ServiceLimits;
import dev.proxywasm.spi.SharedData.Stored;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InMemorySharedDataTest {

    private Instant now = Instant.ofEpochSecond(1000);
    private final InMemorySharedData data =
            new InMemorySharedData(ServiceLimits.builder().sharedDataKeys(2).build(), () -> now);

    @Test
    void endsAValueWhenItsTimeIsOver() {
        store("tea");
        assertThat(data.expire("vm", "tea", Duration.ofSeconds(10))).isTrue();

        now = now.plusMillis(9_999);
        assertThat(data.find("vm", "tea")).isPresent();
        now = now.plusMillis(1);
        assertThat(data.find("vm", "tea")).isEmpty();
        assertThat(data.expire("vm", "tea", Duration.ofSeconds(10))).isFalse();
    }

    @Test
    void givesANewValueNoEnd() {
        store("tea");
        data.expire("vm", "tea", Duration.ofSeconds(10));
        store("tea");

        now = now.plusSeconds(100);
        assertThat(data.find("vm", "tea")).isPresent();
    }

    @Test
    void treatsAnEndBeyondAllTimeAsNone() {
        store("tea");

        assertThat(data.expire("vm", "tea", Duration.ofMillis(Long.MAX_VALUE))).isTrue();
        assertThat(data.find("vm", "tea")).isPresent();
    }

    @Test
    void makesRoomOfWhatIsOver() {
        store("tea");
        store("milk");
        data.expire("vm", "tea", Duration.ofSeconds(10));
        assertThat(store("sugar")).isEqualTo(Stored.FULL);

        now = now.plusSeconds(10);
        assertThat(store("sugar")).isEqualTo(Stored.DONE);
    }

    @Test
    void givesEveryVmIdItsOwnRoom() {
        store("tea");
        store("milk");

        assertThat(data.store("other", "sugar", new byte[1], 0)).isEqualTo(Stored.DONE);
        assertThat(data.find("other", "tea")).isEmpty();
    }

    @Test
    void freesTheRoomOfADeletedKey() {
        store("tea");
        store("milk");
        data.delete("vm", "tea");

        assertThat(store("sugar")).isEqualTo(Stored.DONE);
    }

    private Stored store(String key) {
        return data.store("vm", key, new byte[1], 0);
    }
}

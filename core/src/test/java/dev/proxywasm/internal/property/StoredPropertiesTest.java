package dev.proxywasm.internal.property;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.codec.PropertyPath;
import org.junit.jupiter.api.Test;

class StoredPropertiesTest {

    private final StoredProperties stored = new StoredProperties();

    @Test
    void answersWhatWasStoredByItsPath() {
        store("tea", "green");
        store("a\0b", "c");
        store("tea", "black");

        assertThat(text("tea")).isEqualTo("black");
        assertThat(text("a\0b")).isEqualTo("c");
        assertThat(get("a")).isNull();
        assertThat(get("b")).isNull();
    }

    /** A map of maps as deep as a path is long costs the stack of whoever reads it, and a path of 4 KiB has room for 4000 segments. */
    @Test
    void refusesPathsOfMoreSegmentsThanATreeNeeds() {
        String deepest = "filter_state" + "\0a".repeat(StoredProperties.MOST_SEGMENTS - 1);
        store(deepest, "v");
        assertThat(text(deepest)).isEqualTo("v");
        assertThat(text("filter_state")).endsWith("a\0v" + "\0".repeat(StoredProperties.MOST_SEGMENTS - 1));

        assertThatThrownBy(() -> store("filter_state" + "\0".repeat(4000), "v"))
                .isInstanceOfSatisfying(PropertyFailure.class, failure -> assertThat(failure.status())
                        .isEqualTo(Status.INTERNAL_FAILURE))
                .hasMessageContaining("segments");
        assertThat(text("filter_state")).contains("a\0v");
        assertThat(StoredProperties.isSettled(path("p" + "\0".repeat(40)))).isFalse();
    }

    @Test
    void showsAPropertyAsFilterState() {
        store("tea", "green");

        assertThat(text("filter_state\0wasm.tea")).isEqualTo("green");
        assertThat(get("filter_state\0tea")).isNull();
    }

    @Test
    void showsFilterStateAsAMap() {
        store("filter_state\0envoy.key", "1");
        store("tea", "green");

        assertThat(text("filter_state\0envoy.key")).isEqualTo("1");
        assertThat(text("filter_state")).endsWith("envoy.key\0" + "1\0wasm.tea\0green\0");
    }

    @Test
    void showsMetadataAtEveryDepth() {
        store("metadata\0filter_metadata\0my.filter\0k", "v");
        store("tea", "green");

        assertThat(text("metadata\0filter_metadata\0my.filter\0k")).isEqualTo("v");
        assertThat(text("metadata\0filter_metadata\0my.filter")).endsWith("k\0v\0");
        assertThat(text("metadata")).contains("filter_metadata").doesNotContain("tea");
        assertThat(get("metadata\0filter_metadata\0other")).isNull();
    }

    @Test
    void isNotFoundAsLongAsNothingWasStored() {
        assertThat(get("filter_state")).isNull();
        store("tea", "green");
        assertThat(get("metadata")).isNull();
    }

    @Test
    void aValueAboveOthersGivesWayInTheMap() {
        store("metadata\0a", "1");
        store("metadata\0a\0b", "2");
        store("metadata\0c\0d", "3");
        store("metadata\0c", "4");

        assertThat(text("metadata\0a")).isEqualTo("1");
        assertThat(text("metadata\0a\0b")).isEqualTo("2");
        assertThat(text("metadata"))
                .contains("b\0" + "2\0")
                .contains("d\0" + "3\0")
                .doesNotContain("4");
    }

    @Test
    void refusesTooManyValues() {
        for (int i = 0; i < StoredProperties.MOST_VALUES; i++) {
            store("p" + i, "");
        }
        store("p0", "changed");

        assertThatThrownBy(() -> store("one more", ""))
                .isInstanceOfSatisfying(PropertyFailure.class, failure -> assertThat(failure.status())
                        .isEqualTo(Status.INTERNAL_FAILURE));
        assertThat(text("p0")).isEqualTo("changed");
    }

    @Test
    void refusesTooManyBytesAndKeepsWhatWasThere() {
        byte[] half = new byte[StoredProperties.MOST_BYTES / 2];
        stored.set(path("a"), half);
        stored.set(path("a"), half);
        store("b", "small");

        assertThatThrownBy(() -> stored.set(path("b"), half)).isInstanceOf(PropertyFailure.class);
        assertThat(text("b")).isEqualTo("small");
    }

    private void store(String path, String value) {
        stored.set(path(path), value.getBytes(UTF_8));
    }

    private byte[] get(String path) {
        return stored.get(path(path));
    }

    private String text(String path) {
        return new String(get(path), UTF_8);
    }

    private static PropertyPath path(String path) {
        return PropertyPath.parse(path.getBytes(UTF_8));
    }
}

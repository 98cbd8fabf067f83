package dev.proxywasm.internal.module.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.internal.module.source.ModuleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {

    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    @ParameterizedTest
    @CsvSource({
        "filter, docker.io/library/filter:latest, https://registry-1.docker.io",
        "me/filter:1.0, docker.io/me/filter:1.0, https://registry-1.docker.io",
        "docker.io/filter, docker.io/library/filter:latest, https://registry-1.docker.io",
        "ghcr.io/org/deep/path/filter:v1_2-x, ghcr.io/org/deep/path/filter:v1_2-x, https://ghcr.io",
        "localhost/filter, localhost/filter:latest, https://localhost",
        "127.0.0.1:5000/filter:1, 127.0.0.1:5000/filter:1, https://127.0.0.1:5000",
        "registry:5000/a__b/c--d.e_f, registry:5000/a__b/c--d.e_f:latest, https://registry:5000",
        "[::1]:5000/filter, [::1]:5000/filter:latest, https://[::1]:5000",
        "Registry.Example/filter, Registry.Example/filter:latest, https://Registry.Example"
    })
    void hasRegistryRepositoryAndTag(String text, String whole, String server) throws ModuleException {
        ImageReference reference = ImageReference.parse(text);
        assertThat(reference).hasToString(whole);
        assertThat(reference.server(false)).hasToString(server);
    }

    @Test
    void aDigestCountsMoreThanATag() throws ModuleException {
        ImageReference both = ImageReference.parse("ghcr.io/org/filter:1@" + DIGEST);
        assertThat(both.target()).isEqualTo(DIGEST);
        assertThat(both).hasToString("ghcr.io/org/filter@" + DIGEST);
        ImageReference one = ImageReference.parse("filter@" + DIGEST);
        assertThat(one.tag()).isEmpty();
        assertThat(one.server(true)).hasToString("http://registry-1.docker.io");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/filter",
                "ghcr.io/",
                "ghcr.io/Org/filter",
                "ghcr.io/org//filter",
                "ghcr.io/org/filter:",
                "ghcr.io/org/filter:a b",
                "ghcr.io/org/filter:-1",
                "ghcr.io/org/filter@sha256:abc",
                "ghcr.io/org/filter@md5:abc",
                "ghcr.io/../filter",
                "ghcr.io/org/filter?x=1",
                "me:secret@ghcr.io/org/filter",
                "host:123456/filter"
            })
    void refusesWhatIsNoName(String text) {
        assertThatThrownBy(() -> ImageReference.parse(text))
                .isInstanceOf(ModuleException.class)
                .hasMessageStartingWith("cannot be fetched: it names no image; write oci://registry/repository:tag");
    }

    @Test
    void refusesAnEndlessNameQuickly() {
        assertThatThrownBy(() -> ImageReference.parse("a-".repeat(200) + "a!")).isInstanceOf(ModuleException.class);
        assertThatThrownBy(() -> ImageReference.parse("a".repeat(2000))).isInstanceOf(ModuleException.class);
    }
}

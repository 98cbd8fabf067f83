package dev.proxywasm.internal.module.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.proxywasm.internal.module.source.ModuleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that are shell scripts here. */
@DisabledOnOs(OS.WINDOWS)
class CredentialHelperTest {

    @TempDir
    private Path directory;

    private CredentialHelper helper(Duration limit) {
        return new CredentialHelper(limit, program -> directory.resolve(program).toString());
    }

    private Credentials ask(String script) throws Exception {
        program("test", script);
        return helper(Duration.ofSeconds(10)).ask("test", "ghcr.io");
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(directory.resolve("docker-credential-" + name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void givesTheRegistryAndTakesUserAndPassword() throws Exception {
        Credentials found = ask(
                "read -r registry; printf '{\"ServerURL\":\"x\",\"Username\":\"%s %s\",\"Secret\":\"p\"}' $1 $registry");
        assertThat(found).isEqualTo(new Credentials("get ghcr.io", "p", "", "", "docker-credential-test"));
    }

    @Test
    void takesIdentityTokens() throws Exception {
        assertThat(ask("echo '{\"Username\":\"<token>\",\"Secret\":\"t\"}'").identityToken())
                .isEqualTo("t");
    }

    @Test
    void aProgramMayKnowNothing() throws Exception {
        assertThat(ask("echo 'credentials not found in native keychain'; exit 1")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void namesFailureWithoutWhatWasPrinted() {
        assertThatThrownBy(() -> ask("echo secret; echo secret >&2; exit 3"))
                .isInstanceOf(ModuleException.class)
                .hasMessage("cannot be fetched: the credential helper docker-credential-test failed for ghcr.io; try"
                        + " 'echo ghcr.io | docker-credential-test get' by hand");
        assertThatThrownBy(() -> ask("echo secret"))
                .hasMessageStartingWith(
                        "cannot be fetched: the credential helper docker-credential-test answered something"
                                + " else than {\"Username\": ..., \"Secret\": ...}")
                .hasMessageNotContaining("secret");
    }

    @Test
    void endsAProgramThatHangsWithItsChildren() throws IOException {
        Path pid = directory.resolve("pid");
        program("test", "sleep 600 & echo $! > " + pid + "; wait");
        assertThatThrownBy(() -> helper(Duration.ofMillis(500)).ask("test", "ghcr.io"))
                .hasMessage(
                        "cannot be fetched: the credential helper docker-credential-test did not end within 500 ms; try"
                                + " 'docker-credential-test get' by hand");
        long child = Long.parseLong(Files.readString(pid).strip());
        await().until(() -> ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false), alive -> !alive);
    }

    @Test
    void aProgramThatFloodsIsCut() {
        assertThatThrownBy(() -> ask("head -c 1000000 /dev/zero | tr '\\0' x"))
                .hasMessageContaining("docker-credential-test");
    }

    @Test
    void namesAProgramThatIsMissing() {
        assertThatThrownBy(() -> helper(Duration.ofSeconds(1)).ask("none", "ghcr.io"))
                .hasMessage(
                        "cannot be fetched: the credential helper docker-credential-none cannot be started; put it on the"
                                + " PATH of this process, or name a pull secret with 'image-pull-secret'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a b", "", "-x", "a/b"})
    void startsNothingOfAnImpossibleName(String name) {
        assertThatThrownBy(() -> helper(Duration.ofSeconds(1)).ask(name, "ghcr.io"))
                .hasMessageContaining("that no program can be named after");
    }

    @Test
    void theProgramOfARegistryComesBeforeWhatIsWritten() throws Exception {
        program("test", "echo '{\"Username\":\"helped\",\"Secret\":\"p\"}'");
        program("empty", "echo 'credentials not found in native keychain'; exit 1");
        assertThat(credentials("test").user()).isEqualTo("helped");
        assertThat(credentials("empty").user()).isEqualTo("written");
    }

    private Credentials credentials(String program) throws ModuleException {
        PullSecret secret = PullSecret.text(
                "s",
                "{\"auths\":{\"ghcr.io\":{\"username\":\"written\",\"password\":\"p\"}},\"credHelpers\":{\"ghcr.io\":\""
                        + program + "\"}}");
        Keychain keychain =
                new Keychain(Map.of("s", secret), PullSecret.text("none", "{}"), helper(Duration.ofSeconds(10)));
        return keychain.credentials(ImageReference.parse("ghcr.io/filter"), "s");
    }

    @Test
    void secretsComeFromFilesThatAreReadAnew() throws Exception {
        Path file = directory.resolve("config.json");
        PullSecret secret = PullSecret.file("s", file);
        assertThatThrownBy(secret::read)
                .hasMessage("cannot be fetched: pull secret 's' (" + file + ") does not exist; correct 'pull-secrets'");
        Files.writeString(file, "{}");
        assertThat(secret.read().content()).isEqualTo("{}");
        assertThat(PullSecret.ofUser(Map.of("DOCKER_CONFIG", directory.toString()), "/nowhere")
                        .read()
                        .origin())
                .isEqualTo(file.toString());
        assertThat(PullSecret.ofUser(Map.of(), "/nowhere").read().content()).isEqualTo("{}");
    }
}

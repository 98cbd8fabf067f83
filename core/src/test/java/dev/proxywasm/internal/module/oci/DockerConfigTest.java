package dev.proxywasm.internal.module.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proxywasm.internal.module.source.ModuleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerConfigTest {

    private static final String CONFIG =
            """
            {"auths": {
               "ghcr.io": {"auth": "bWU6c2VjcmV0OndpdGg6Y29sb25z"},
               "ghcr.io/org": {"username": "org", "password": "p"},
               "ghcr.io/org/special": {"identitytoken": "t"},
               "https://index.docker.io/v1/": {"auth": "aHViOnA="},
               "http://localhost:5000/v2/": {"registrytoken": "r"},
               "nothing.example": {}
             },
             "credHelpers": {"helped.example": "ecr-login"},
             "credsStore": "desktop"}
            """;

    @ParameterizedTest
    @CsvSource({
        "ghcr.io/other/filter, me, secret:with:colons, ''",
        "ghcr.io/org/filter, org, p, ''",
        "ghcr.io/organisation/filter, me, secret:with:colons, ''",
        "ghcr.io/org/special/filter, '', '', t",
        "filter, hub, p, ''",
        "docker.io/me/filter, hub, p, ''"
    })
    void hasTheCredentialsOfTheLongestPath(String image, String user, String password, String identityToken)
            throws ModuleException {
        Credentials found = config(CONFIG).authFor(ImageReference.parse(image)).orElseThrow();
        assertThat(found).isEqualTo(new Credentials(user, password, identityToken, "", "here"));
    }

    @Test
    void hasTokensOfRegistriesAndNothingForOthers() throws ModuleException {
        DockerConfig config = config(CONFIG);
        assertThat(config.authFor(ImageReference.parse("localhost:5000/filter"))
                        .orElseThrow()
                        .registryToken())
                .isEqualTo("r");
        assertThat(config.authFor(ImageReference.parse("nothing.example/filter")))
                .isEmpty();
        assertThat(config.authFor(ImageReference.parse("quay.io/filter"))).isEmpty();
        assertThat(config("{}").authFor(ImageReference.parse("quay.io/filter"))).isEmpty();
    }

    @Test
    void namesTheProgramThatKnowsCredentials() throws ModuleException {
        assertThat(config(CONFIG).helperFor(ImageReference.parse("helped.example/filter")))
                .contains("ecr-login");
        assertThat(config(CONFIG).helperFor(ImageReference.parse("ghcr.io/filter")))
                .contains("desktop");
        assertThat(config("{}").helperFor(ImageReference.parse("ghcr.io/filter")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            ghcr.io: secret                         | expected a value at character 1
            {"auths": []}                           | expected an object
            {"auths": {"a": {"auth": "§secret"}}}   | an 'auth' is not base64
            {"auths": {"a": {"auth": "c2VjcmV0"}}}  | an 'auth' is not user:password in base64
            {"credHelpers": {"a": 1}}               | expected a text as 'a'
            """)
    void refusesWhatIsNoneWithoutShowingIt(String text, String problem) {
        assertThatThrownBy(() -> config(text))
                .isInstanceOf(ModuleException.class)
                .hasMessage("cannot be fetched: here is no Docker configuration: " + problem
                        + "; expected {\"auths\": {\"registry\": {\"auth\": \"...\"}}}");
    }

    @Test
    void showsNoSecret() throws ModuleException {
        assertThat(config(CONFIG).toString()).doesNotContain("secret").contains("the credentials of here");
        assertThat(PullSecret.text("name", CONFIG).read().toString()).isEqualTo("pull secret 'name'");
    }

    private static DockerConfig config(String text) throws ModuleException {
        return DockerConfig.parse(text, "here");
    }
}

package dev.proxywasm.internal.module.oci;

import dev.proxywasm.internal.module.oci.PullSecret.Source;
import dev.proxywasm.internal.module.source.ModuleException;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the credentials for an image: in the pull secret that the plugin names, or else in the configuration of this user's Docker client.
 *
 * @param secrets by name
 * @param ofUser what holds without a name
 * @param helper asks the programs that a configuration names
 */
public record Keychain(Map<String, PullSecret> secrets, PullSecret ofUser, CredentialHelper helper) {

    /**
     * The credentials; none if there are none for its registry.
     *
     * @param secret the name of a pull secret, or empty
     * @throws ModuleException if there is no such secret, or it cannot be used
     */
    Credentials credentials(ImageReference image, String secret) throws ModuleException {
        Source source = source(secret).read();
        DockerConfig config = DockerConfig.parse(source.content(), source.origin());
        Optional<String> program = config.helperFor(image);
        if (program.isPresent()) {
            Credentials asked = helper.ask(program.get(), serverName(image));
            if (!asked.isEmpty()) {
                return asked;
            }
        }
        return config.authFor(image).orElse(Credentials.none(source.origin()));
    }

    private PullSecret source(String secret) throws ModuleException {
        if (secret.isEmpty()) {
            return ofUser;
        }
        PullSecret named = secrets.get(secret);
        if (named == null) {
            throw new ModuleException("cannot be fetched: there is no pull secret '" + secret
                    + "'; declare it in 'pull-secrets', or correct 'image-pull-secret'");
        }
        return named;
    }

    private static String serverName(ImageReference image) {
        return image.registry().equals(ImageReference.DOCKER_HUB) ? DockerConfig.DOCKER_HUB_KEY : image.registry();
    }
}

package dev.proxywasm;

/**
 * Credentials for registries, as the configuration of a Docker client: {@code {"auths": {"registry": {"auth": "..."}}}}. It is what a
 * Kubernetes secret of the type {@code kubernetes.io/dockerconfigjson} holds.
 *
 * @param file the file that has it, relative to the configuration; read at each pull. Empty if the text is given
 * @param dockerConfig the text itself; empty if a file is named
 */
public record PullSecretConfig(String file, String dockerConfig) {

    /**
     * Checks that there is one of both.
     *
     * @throws IllegalArgumentException if there is none, or both
     */
    public PullSecretConfig {
        if (file.isEmpty() == dockerConfig.isEmpty()) {
            throw new IllegalArgumentException("a pull secret has either 'file' or 'docker-config'");
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "PullSecretConfig[" + (file.isEmpty() ? "text" : "file=" + file) + "]";
    }
}

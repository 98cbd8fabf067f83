package dev.proxywasm.internal.config;

import dev.proxywasm.PullSecretConfig;

/** A pull secret whose keys are being read. */
final class PullSecretDraft implements Draft {

    String file = "";
    String dockerConfig = "";

    /** Only the whole can be judged. */
    @Override
    public void check() {}

    /** The pull secret. */
    PullSecretConfig build() {
        return new PullSecretConfig(file, dockerConfig);
    }
}

package dev.proxywasm.internal.config;

import dev.proxywasm.PullSecretConfig;
import java.util.List;

/** The keys of a pull secret. */
final class PullSecretKeys {

    /** One row for each key. */
    static final List<Key<PullSecretDraft, ?>> TABLE = List.of(
            new Key<>(
                    "file",
                    Values.TEXT,
                    "",
                    "a Docker configuration, such as the file of a dockerconfigjson secret; read at each pull",
                    (d, v) -> d.file = v),
            new Key<>(
                    "docker-config",
                    Values.TEXT_OR_OBJECT,
                    "",
                    "the same as text or object, in place of a file",
                    (d, v) -> d.dockerConfig = v));

    private static final Binder<PullSecretDraft> BINDER = new Binder<>(TABLE);

    private PullSecretKeys() {}

    /** A pull secret from a mapping of these keys. */
    static PullSecretConfig read(Located value) {
        PullSecretDraft draft = new PullSecretDraft();
        BINDER.bind(value, draft);
        return value.whole(draft::build);
    }
}

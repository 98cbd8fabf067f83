package dev.proxywasm.internal.config;

import dev.proxywasm.UpstreamConfig;
import java.util.List;

/** The keys of an upstream. */
final class UpstreamKeys {

    /** One row for each key. */
    static final List<Key<UpstreamDraft, ?>> TABLE = List.of(
            new Key<>(
                    "uri",
                    Values.URI_REFERENCE,
                    Key.REQUIRED,
                    "scheme, host and port of the server, such as http://127.0.0.1:9000",
                    (d, v) -> d.uri = v),
            new Key<>(
                    "timeout",
                    Quantities.DURATION,
                    "1m",
                    "how long one call may take, whatever the plugin asks for",
                    (d, v) -> d.timeout = v));

    private static final Binder<UpstreamDraft> BINDER = new Binder<>(TABLE);

    private UpstreamKeys() {}

    /** An upstream from a mapping of these keys. */
    static UpstreamConfig read(Located value) {
        UpstreamDraft draft = new UpstreamDraft();
        BINDER.bind(value, draft);
        return draft.build();
    }
}

package dev.proxywasm.internal.config;

import dev.proxywasm.Match;
import java.util.List;

/** The keys of a match, where it stands alone; a plugin has the same below {@code match.}. */
final class MatchKeys {

    /** The default of the paths. */
    static final String ANY_PATH = "[\"/*\"]";

    static final String PATHS = "the requests that it is for: /*, /prefix/*, *.suffix or an exact /path";
    static final String METHODS = "the request methods that it is for; empty for all";
    static final String HOSTS = "what clients call the server: names, or *.example.com; empty for all";
    static final String PORTS = "ports of this server; empty for all";

    /** One row for each key. */
    static final List<Key<MatchDraft, ?>> TABLE = List.of(
            new Key<>("paths", Values.LIST, ANY_PATH, PATHS, (d, v) -> d.paths = v),
            new Key<>("methods", Values.SET, "[]", METHODS, (d, v) -> d.methods = v),
            new Key<>("hosts", Values.SET, "[]", HOSTS, (d, v) -> d.hosts = v),
            new Key<>("ports", Values.PORTS, "[]", PORTS, (d, v) -> d.ports = v));

    private static final Binder<MatchDraft> BINDER = new Binder<>(TABLE);

    private MatchKeys() {}

    /** A match from a mapping of these keys. */
    static Match read(Located value) {
        MatchDraft draft = new MatchDraft();
        BINDER.bind(value, draft);
        return draft.build();
    }
}

package dev.proxywasm.internal.config;

import dev.proxywasm.Match;
import java.util.List;
import java.util.Set;

/** A match whose keys are being read. */
final class MatchDraft implements Draft {

    List<String> paths = Match.ALL.paths();
    Set<String> methods = Match.ALL.methods();
    Set<String> hosts = Match.ALL.hosts();
    Set<Integer> ports = Match.ALL.ports();

    @Override
    public void check() {
        build();
    }

    /** The match as it is configured so far. */
    Match build() {
        return new Match(paths, methods, hosts, ports);
    }
}

package dev.proxywasm.internal.config;

import dev.proxywasm.Match;
import dev.proxywasm.PluginOverride;
import java.util.Optional;

/** An override of a plugin whose keys are being read. */
final class OverrideDraft implements Draft {

    Match match = Match.ALL;
    boolean enabled = true;
    Optional<String> configuration = Optional.empty();

    @Override
    public void check() {
        if (!enabled && configuration.isPresent()) {
            throw new IllegalArgumentException(
                    "a plugin that is switched off needs no configuration; remove one of the two");
        }
    }

    /** The override as it is configured. */
    PluginOverride build() {
        return new PluginOverride(match, configuration);
    }
}

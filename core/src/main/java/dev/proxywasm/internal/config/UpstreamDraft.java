package dev.proxywasm.internal.config;

import dev.proxywasm.UpstreamConfig;
import java.net.URI;
import java.time.Duration;

/** An upstream whose keys are being read. */
final class UpstreamDraft implements Draft {

    URI uri = URI.create("http://unnamed");
    Duration timeout = UpstreamConfig.DEFAULT_TIMEOUT;

    @Override
    public void check() {
        build();
    }

    /** The upstream as it is configured so far. */
    UpstreamConfig build() {
        return new UpstreamConfig(uri, timeout);
    }
}

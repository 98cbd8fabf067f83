package dev.proxywasm;

import dev.proxywasm.spi.ClientTls;
import javax.net.ssl.SSLContext;

/**
 * Where an upstream has its {@link ClientTls} from, which may change while the host runs: certificates expire.
 *
 * <p>Safe for use by several threads. A reload of the host leaves plugins alone if the upstreams of both configurations are equal, and so if
 * what is written here is.
 */
@FunctionalInterface
public interface UpstreamTls {

    /** For the next call; returns at once. The same object as long as nothing has changed, since connections are kept for each. */
    ClientTls current();

    /** One that never changes. */
    static UpstreamTls of(SSLContext context) {
        ClientTls fixed = ClientTls.of(context);
        return () -> fixed;
    }
}

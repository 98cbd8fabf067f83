package dev.proxywasm.internal.callout.jdk;

import java.net.URI;
import java.net.http.HttpRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets calls say whom they are for ({@code :authority}) independently of where they go, as in Envoy.
 *
 * <p>The JDK's client lets nobody set {@code Host} unless the system property {@value #PROPERTY} says so when the client is first used in
 * the JVM, and there is no other way. So the property is set here, to {@code host} and nothing more, unless someone has set it. Where that
 * comes too late or is not wanted, calls go out under the host name of their upstream, and a warning says how to change that.
 */
final class HostHeader {

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.callout");
    private static final String PROPERTY = "jdk.httpclient.allowRestrictedHeaders";

    private HostHeader() {}

    /** Tells whether calls can set it. */
    static boolean allow() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, "host");
        }
        boolean allowed = isAllowed();
        if (!allowed) {
            LOG.warn(
                    "The JDK's HTTP client does not let callouts set the Host header: servers will see the host of the upstream's"
                            + " uri instead of :authority. Start the JVM with -D{}=host to change that.",
                    PROPERTY);
        }
        return allowed;
    }

    private static boolean isAllowed() {
        try {
            HttpRequest.newBuilder(URI.create("http://localhost")).header("host", "localhost");
            return true;
        } catch (IllegalArgumentException restricted) {
            LOG.debug("the JDK's HTTP client restricts the Host header", restricted);
            return false;
        }
    }
}

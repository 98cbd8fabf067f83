package dev.proxywasm.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Test;

/** What Jetty is answered when it asks whether an idle connection has failed. */
class PausesAndIdleTimeoutsTest {

    private Predicate<TimeoutException> listener = timeout -> {
        throw new IllegalStateException("nothing listens yet");
    };
    private long idleTimeoutMillis = 30_000;

    private final IdleTimeouts timeouts = new IdleTimeouts(request());

    @Test
    void aPauseIsNoFailure() {
        timeouts.pause();
        assertThat(hasFailed()).isFalse();
    }

    @Test
    void theEndOfAPauseCountsAsActivity() {
        timeouts.pause();
        timeouts.resume();
        assertThat(hasFailed()).as("Jetty asks just then").isFalse();
    }

    @Test
    void aConnectionThatStaysIdleAfterAPauseHasFailed() {
        idleTimeoutMillis = 1;
        timeouts.pause();
        timeouts.resume();
        await().until(this::hasFailed);
    }

    private boolean hasFailed() {
        return listener.test(new TimeoutException("idle"));
    }

    @SuppressWarnings("unchecked") // the listener is of the type that Request declares
    private Request request() {
        EndPoint endPoint = fake(EndPoint.class, (self, method, arguments) -> idleTimeoutMillis);
        Connection connection = fake(Connection.class, (self, method, arguments) -> endPoint);
        ConnectionMetaData metaData = fake(ConnectionMetaData.class, (self, method, arguments) -> connection);
        return fake(Request.class, (self, method, arguments) -> {
            if (method.getName().equals("addIdleTimeoutListener")) {
                listener = (Predicate<TimeoutException>) arguments[0];
                return null;
            }
            return metaData;
        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }
}

package dev.proxywasm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.testing.ForkedJvm;
import dev.proxywasm.testing.ForkedJvm.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Memory does not grow with a body that nobody holds. */
class MemoryIT {

    private static final long BYTES = 200L * 1024 * 1024;

    @ParameterizedTest
    @CsvSource({"filter, /none", "filter, /pass", "handler, /none", "handler, /pass"})
    void streams200MebibytesBothWaysInAHeapOf64(String adapter, String path) {
        assertThat(run(adapter, path)).contains("uploaded " + BYTES + ", downloaded " + BYTES);
    }

    @Tag("long")
    @Test
    void streams200MebibytesThroughABodyPluginOnUndertow() {
        assertThat(run("undertow", "/pass")).contains("uploaded " + BYTES + ", downloaded " + BYTES);
    }

    /** On Tomcat 10.1, and on 11. */
    @Tag("long")
    @Tag("tomcat")
    @Test
    void streams200MebibytesThroughABodyPluginOnTomcat() {
        assertThat(run("tomcat", "/pass")).contains("uploaded " + BYTES + ", downloaded " + BYTES);
    }

    @Tag("long")
    @Tag("servlet-6.1")
    @Test
    void streams200MebibytesThroughABodyPluginOnJettyEe11() {
        assertThat(run("jetty-ee11", "/pass")).contains("uploaded " + BYTES + ", downloaded " + BYTES);
    }

    private static String run(String adapter, String path) {
        Outcome outcome = ForkedJvm.shortLived(UploadScenario.class)
                .with("-Xmx64m", "-XX:MaxDirectMemorySize=64m")
                .run(adapter, path);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return outcome.output();
    }
}

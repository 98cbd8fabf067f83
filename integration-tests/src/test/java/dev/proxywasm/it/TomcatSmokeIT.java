package dev.proxywasm.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.catalina.util.ServerInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The build promises one run on Tomcat 10.1 and one on Tomcat 11. */
@Tag("tomcat")
class TomcatSmokeIT {

    @Test
    void runsOnTheTomcatThatTheBuildNames() {
        assertThat(ServerInfo.getServerNumber()).startsWith(System.getProperty("tomcat.version"));
    }
}

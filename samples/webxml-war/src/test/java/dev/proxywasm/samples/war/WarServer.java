package dev.proxywasm.samples.war;

import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.Tomcat;

/** Deploys an unpacked WAR on an embedded Tomcat, which knows nothing of filters. {@code run.sh} starts this source as it is. */
final class WarServer {

    private WarServer() {}

    /** Serves until the process ends. The arguments are the directory of the WAR, and the port. */
    public static void main(String[] arguments) throws Exception {
        String port = arguments[1];
        Tomcat server = start(Path.of(arguments[0]), Integer.parseInt(port));
        System.out.printf("Ready on http://localhost:%s/ (Ctrl-C stops it). In another terminal, try:%n%n", port);
        System.out.printf("  curl -i localhost:%s/%n  curl -i localhost:%s/private%n%n", port, port);
        server.getServer().await();
    }

    static Tomcat start(Path war, int port) throws Exception {
        Tomcat server = new Tomcat();
        server.setBaseDir(war.resolveSibling("tomcat").toAbsolutePath().toString());
        server.setPort(port);
        server.setSilent(true);
        server.setAddDefaultWebXmlToWebapp(false);
        Context application = server.addWebapp("", war.toAbsolutePath().toString());
        server.getConnector();
        server.start();
        if (application.getState() != LifecycleState.STARTED) {
            throw new IllegalStateException(war + " did not start; the log says why");
        }
        return server;
    }
}

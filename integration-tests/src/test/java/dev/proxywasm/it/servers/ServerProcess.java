package dev.proxywasm.it.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A server in a process of its own, on a free port of this machine, with the WAR at {@code /app}; until it is stopped. */
final class ServerProcess {

    private static final Duration TO_START = Duration.ofMinutes(2);
    private static final Duration TO_STOP = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path output;
    private final Process process;
    private final int port;

    private ServerProcess(int port, Path directory, Map<String, String> environment, List<String> arguments)
            throws IOException {
        this.port = port;
        this.output = directory.resolve("output.txt");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        this.process = builder.start();
    }

    /** Writes what it needs below that directory; what the build has unpacked stays as it is. */
    static ServerProcess openLiberty(Path directory) throws IOException {
        Path home = unpacked("wlp");
        Path server = Files.createDirectories(directory.resolve("servers").resolve("app"));
        Files.write(server.resolve("server.xml"), WarFile.resource("/servers/server.xml"));
        int port = freePort();
        Files.writeString(server.resolve("bootstrap.properties"), "http.port=" + port + "\n");
        WarFile.write(Files.createDirectories(server.resolve("apps")).resolve("app.war"));
        return new ServerProcess(
                port,
                directory,
                Map.of(
                        "WLP_USER_DIR",
                        directory.toString(),
                        "WLP_OUTPUT_DIR",
                        directory.resolve("servers").toString()),
                List.of(
                        "-javaagent:" + home.resolve("bin/tools/ws-javaagent.jar"),
                        "-jar",
                        home.resolve("bin/tools/ws-server.jar").toString(),
                        "app"));
    }

    /** Likewise. */
    static ServerProcess wildFly(Path directory) throws IOException {
        Path home = unpacked("wildfly-");
        copy(home.resolve("standalone/configuration"), directory.resolve("configuration"));
        WarFile.write(Files.createDirectories(directory.resolve("deployments")).resolve("app.war"));
        int port = freePort();
        List<String> arguments = new ArrayList<>();
        for (String opened :
                List.of("lang", "lang.invoke", "lang.reflect", "io", "net", "security", "util", "util.concurrent")) {
            arguments.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
        }
        arguments.addAll(List.of(
                "-Djboss.home.dir=" + home,
                "-Djboss.server.base.dir=" + directory,
                "-Djboss.bind.address=127.0.0.1",
                "-Djboss.http.port=" + port,
                "-Djboss.https.port=" + freePort(),
                "-Djboss.management.http.port=" + freePort(),
                "-jar",
                home.resolve("jboss-modules.jar").toString(),
                "-mp",
                home.resolve("modules").toString(),
                "org.jboss.as.standalone"));
        return new ServerProcess(port, directory, Map.of(), arguments);
    }

    private static Path unpacked(String prefix) throws IOException {
        Path servers = Path.of("target", "servers").toAbsolutePath();
        try (Stream<Path> folders = Files.list(servers)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow(() -> new IOException(servers + " has no folder " + prefix
                            + "*; let Maven's profile big-servers unpack the servers"));
        }
    }

    private static void copy(Path folder, Path target) throws IOException {
        Files.createDirectories(target);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Until the application answers; fails with what the server wrote if it ends before, or takes too long. */
    void awaitStart() throws IOException {
        try {
            Awaitility.await()
                    .atMost(TO_START)
                    .pollInterval(Duration.ofMillis(200))
                    .until(this::answersOrHasEnded);
        } finally {
            if (!answers()) {
                System.out.println(Files.readString(output));
            }
        }
        if (!process.isAlive()) {
            throw new IOException("the server ended at once; its output is above");
        }
    }

    private boolean answersOrHasEnded() {
        return !process.isAlive() || answers();
    }

    private boolean answers() {
        try {
            return client.send(HttpRequest.newBuilder(uri("/started")).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + "/app" + path);
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}

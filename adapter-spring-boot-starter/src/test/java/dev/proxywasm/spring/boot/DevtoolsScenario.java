package dev.proxywasm.spring.boot;

import dev.proxywasm.ProxyWasm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.event.EventListener;

/**
 * An application that devtools restarts, for a JVM of its own. After each start it asks itself, and says in a line what it was answered, how
 * many threads of the host there are, and how much address space is taken: a VM that is left behind keeps gigabytes of it.
 */
public final class DevtoolsScenario {

    /** The system property that says how often to start. */
    static final String MOST_STARTS = "test.most-starts";

    /** Outlives restarts, unlike everything static here. */
    private static final String STARTS = "test.starts";

    private DevtoolsScenario() {}

    /** Called by devtools for each start. */
    public static void main(String[] arguments) {
        SpringApplication.run(
                Application.class,
                "--server.port=0",
                "--proxy-wasm.plugins[0].name=add-header",
                "--proxy-wasm.plugins[0].module=classpath:filters/add-header.wat",
                "--proxy-wasm.plugins[0].configuration=x-some-extra-header: value");
    }

    static final class Application extends TellingApplication {

        @EventListener
        void ready(ApplicationReadyEvent event) throws Exception {
            var server = (ServletWebServerApplicationContext) event.getApplicationContext();
            int starts = Integer.getInteger(STARTS, 0) + 1;
            System.setProperty(STARTS, "" + starts);
            int port = server.getWebServer().getPort();
            System.out.printf(
                    "start %d: %s %d %d %d%n",
                    starts,
                    header(port),
                    server.getBean(ProxyWasm.class).plugins().get(0).instances(),
                    threads(),
                    addressSpaceMiB());
            if (starts < Integer.getInteger(MOST_STARTS)) {
                new Thread(() -> Restarter.getInstance().restart()).start();
            } else {
                System.exit(0);
            }
        }

        private static String header(int port) throws IOException, InterruptedException {
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"))
                                    .build(),
                            BodyHandlers.ofString());
            return response.headers().firstValue("x-some-extra-header").orElse("none");
        }

        private static long threads() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("proxy-wasm"))
                    .count();
        }

        /** Zero where the system does not say it. */
        private static long addressSpaceMiB() throws IOException {
            Path status = Path.of("/proc/self/status");
            if (!Files.isReadable(status)) {
                return 0;
            }
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmSize:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .findFirst()
                    .orElse(0);
        }
    }
}

package dev.proxywasm.internal.module.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A registry as people run it: the program {@code docker-registry}, on a free port of loopback, with its data in a directory of the test. */
final class RegistryProcess implements AutoCloseable {

    static final String PROGRAM = "docker-registry";
    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:([0-9]+)");
    private static final String PASSWORD_FILE = "me:$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n";
    private static final String AUTHORIZATION =
            "Basic " + Base64.getEncoder().encodeToString("me:secret".getBytes(UTF_8));

    private final Process process;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();

    private RegistryProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static boolean isInstalled() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }

    /** Starts one; with a password, only {@code me} with {@code secret} may do anything. */
    static RegistryProcess start(Path directory, boolean withPassword) throws IOException {
        Files.createDirectories(directory);
        Path passwords = Files.writeString(directory.resolve("htpasswd"), PASSWORD_FILE);
        String auth = withPassword ? "auth: {htpasswd: {realm: test, path: %s}}\n".formatted(passwords) : "";
        Path config = Files.writeString(
                directory.resolve("config.yml"),
                """
                version: 0.1
                log: {level: info}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "127.0.0.1:0", secret: for-tests-only}
                """
                                .formatted(directory.resolve("data"))
                        + auth);
        Process process = new ProcessBuilder(PROGRAM, "serve", config.toString())
                .redirectErrorStream(true)
                .start();
        return new RegistryProcess(process, port(process));
    }

    private static int port(Process process) throws IOException {
        BufferedReader output = process.inputReader(UTF_8);
        StringBuilder seen = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            seen.append(line).append('\n');
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                drain(output);
                return Integer.parseInt(matcher.group(1));
            }
        }
        throw new IOException("the registry did not start:\n" + seen);
    }

    /** A program whose output nobody reads comes to a halt. */
    private static void drain(BufferedReader output) {
        Thread reader = new Thread(() -> output.lines().forEach(line -> {}), "registry-output");
        reader.setDaemon(true);
        reader.start();
    }

    String host() {
        return "127.0.0.1:" + port;
    }

    /** Pushes an image with its layers. */
    void push(String repository, String tag, TestImage image) throws IOException, InterruptedException {
        for (Map.Entry<String, byte[]> blob : image.blobs().entrySet()) {
            HttpResponse<String> begun =
                    send(request("/v2/" + repository + "/blobs/uploads/").POST(BodyPublishers.noBody()));
            String location = begun.headers().firstValue("location").orElseThrow(() -> new IOException(begun.body()));
            URI upload = URI.create(location + "&digest=" + blob.getKey());
            send(authorized(HttpRequest.newBuilder(upload))
                    .header("content-type", "application/octet-stream")
                    .PUT(BodyPublishers.ofByteArray(blob.getValue())));
        }
        send(request("/v2/" + repository + "/manifests/" + tag)
                .header("content-type", image.mediaType())
                .PUT(BodyPublishers.ofByteArray(image.bytes())));
    }

    private HttpRequest.Builder request(String path) {
        return authorized(HttpRequest.newBuilder(URI.create("http://" + host() + path)));
    }

    private static HttpRequest.Builder authorized(HttpRequest.Builder request) {
        return request.header("authorization", AUTHORIZATION);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(response + ": " + response.body());
        }
        return response;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

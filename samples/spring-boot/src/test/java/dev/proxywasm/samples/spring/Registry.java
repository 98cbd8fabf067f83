package dev.proxywasm.samples.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A registry on loopback, without TLS, that others can pull images from. */
final class Registry implements AutoCloseable {

    private static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";

    private final HttpServer server;
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();

    Registry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/", this::answer);
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Publishes an image whose only layer is a module. */
    void publish(String repository, String tag, byte[] module) {
        byte[] config = "{}".getBytes(UTF_8);
        byte[] manifest =
                """
                {"schemaVersion": 2, "mediaType": "%s",
                 "config": {"mediaType": "application/vnd.wasm.config.v1+json", "digest": "%s", "size": %d},
                 "layers": [{"mediaType": "application/vnd.module.wasm.content.layer.v1+wasm", "digest": "%s", "size": %d}]}
                """
                        .formatted(MANIFEST_TYPE, digest(config), config.length, digest(module), module.length)
                        .getBytes(UTF_8);
        String path = "/v2/" + repository;
        contents.put(path + "/blobs/" + digest(config), config);
        contents.put(path + "/blobs/" + digest(module), module);
        contents.put(path + "/manifests/" + tag, manifest);
        contents.put(path + "/manifests/" + digest(manifest), manifest);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] content = contents.get(path);
            if (content == null) {
                exchange.sendResponseHeaders(path.equals("/v2/") ? 200 : 404, -1);
                return;
            }
            boolean manifest = path.contains("/manifests/");
            exchange.getResponseHeaders().set("content-type", manifest ? MANIFEST_TYPE : "application/octet-stream");
            exchange.getResponseHeaders().set("docker-content-digest", digest(content));
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : content.length);
            if (!head) {
                OutputStream body = exchange.getResponseBody();
                body.write(content);
            }
        }
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

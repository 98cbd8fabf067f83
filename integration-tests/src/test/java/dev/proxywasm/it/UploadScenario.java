package dev.proxywasm.it;

import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.it.contract.Plugins;
import dev.proxywasm.it.contract.Site;
import dev.proxywasm.it.contract.TestServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends 200 MiB up and 200 MiB down through plugins that hold nothing, in a JVM whose heap is much smaller. */
final class UploadScenario {

    private static final int MEBIBYTES = 200;

    private UploadScenario() {}

    /** The arguments name the adapter, filter or handler, or a server for the filter, and a path of the contract; prints "uploaded", the bytes that came in, "downloaded" and those that came out. */
    public static void main(String[] arguments) throws Exception {
        ProxyWasmConfig plugins = Plugins.of(
                """
                proxy-wasm:
                  plugins:
                    - {name: headers, module: "classpath:wat/header-operation.wat", configuration: "0+x-added: of a filter"}
                    - {name: request, module: "classpath:wat/body.wat", configuration: "0p", match: {paths: ["/app/pass/*"]}}
                    - {name: response, module: "classpath:wat/body.wat", configuration: "1p", match: {paths: ["/app/pass/*"]}}
                """);
        try (Site site = new Site(starter(arguments[0]), plugins)) {
            site.application(call -> {
                byte[] buffer = new byte[64 * 1024];
                long length = 0;
                for (int n = call.body().read(buffer); n >= 0; n = call.body().read(buffer)) {
                    length += n;
                }
                call.setHeader("x-uploaded", Long.toString(length));
                for (int i = 0; i < MEBIBYTES * 16; i++) {
                    call.out().write(buffer);
                }
            });
            System.out.println(exchange(site, arguments[1]));
        }
        System.exit(0);
    }

    private static TestServer.Starter starter(String adapter) {
        return switch (adapter) {
            case "handler" -> JettyHandlerServer::plain;
            case "jetty-ee11" -> JettyEe11Server::new;
            case "tomcat" -> TomcatServer::new;
            case "undertow" -> UndertowServer::new;
            default -> JettyServer::new;
        };
    }

    private static String exchange(Site site, String path) throws IOException {
        try (Socket socket = site.connect()) {
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            out.write(("POST /app" + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                            + MEBIBYTES * 1024L * 1024 + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            byte[] chunk = new byte[64 * 1024];
            for (int i = 0; i < MEBIBYTES * 16; i++) {
                out.write(chunk);
            }
            out.flush();
            return read(socket);
        }
    }

    /** The value of x-uploaded, and how many zero bytes came. */
    private static String read(Socket socket) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        int first = socket.getInputStream().read(buffer);
        String head = new String(buffer, 0, first, StandardCharsets.ISO_8859_1);
        long zeros = 0;
        for (int n = first; n >= 0; n = socket.getInputStream().read(buffer)) {
            for (int i = 0; i < n; i++) {
                zeros += buffer[i] == 0 ? 1 : 0;
            }
        }
        String uploaded = head.replaceAll("(?is).*x-uploaded: (\\d+).*", "$1");
        return "uploaded " + uploaded + ", downloaded " + zeros;
    }
}

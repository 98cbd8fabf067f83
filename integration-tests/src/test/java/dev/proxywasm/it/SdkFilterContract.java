package dev.proxywasm.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.it.contract.Payload;
import dev.proxywasm.it.contract.Plugins;
import dev.proxywasm.it.contract.Site;
import dev.proxywasm.it.contract.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The sample filter of one language, built with its real SDK, does on one server what samples/filters/README.md says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SdkFilterContract {

    private static final Path MODULES =
            Path.of("..", "samples", "filters", "target").toAbsolutePath().normalize();

    private final String language;
    private final TestServer.Starter starter;
    private Site site;

    SdkFilterContract(String language, TestServer.Starter starter) {
        this.language = language;
        this.starter = starter;
    }

    static void assumeBuilt(String language) {
        assumeTrue(
                Files.exists(MODULES.resolve(language + ".wasm")),
                () -> "skipped: there is no sample filter in " + language
                        + ", because its toolchain is missing or samples/filters/build.sh"
                        + " has not been run (samples/filters/install-toolchains.sh installs toolchains)");
    }

    @BeforeAll
    void start() throws Exception {
        assumeBuilt(language);
        site = new Site(
                starter,
                plugins(
                        plugin(
                                language,
                                language,
                                "/*",
                                "{\"value\": \"configured\", \"body\": \"body of the filter\"}"),
                        plugin(language, language + "-denying", "/app/denied/*", "{\"deny\": \"/app/denied\"}")));
    }

    @AfterAll
    void stop() {
        if (site != null) {
            site.close();
        }
    }

    /** What is compiled is kept there, for the next server and the next test. */
    static ProxyWasmConfig plugins(String... plugins) {
        return Plugins.of(
                "proxy-wasm:\n  cache: {directory: target/compiled}\n  plugins:\n" + String.join("", plugins));
    }

    /** The filter in that language under some name, as a line of YAML. */
    static String plugin(String language, String name, String path, String configuration) {
        return "    - {name: %s, module: '%s', root-id: sample-filter, configuration: '%s', match: {paths: ['%s']}, instances: 2}\n"
                .formatted(name, MODULES.resolve(language + ".wasm").toUri(), configuration, path);
    }

    @Test
    void addsAndRemovesRequestHeaders() throws Exception {
        site.application(call -> call.print(call.headers("x-filter") + " " + call.header("x-remove-me")));
        HttpResponse<String> response = site.send(site.request("/any").header("x-remove-me", "please"));
        assertThat(response.body()).isEqualTo("[configured] null");
    }

    @Test
    void addsAndRemovesResponseHeaders() throws Exception {
        site.application(call -> call.setHeader("x-remove-me", "please"));
        HttpResponse<String> response = site.get("/any");
        assertThat(response.headers().allValues("x-filter")).containsExactly("configured");
        assertThat(response.headers().firstValue("x-remove-me")).isEmpty();
    }

    @Test
    void replacesTheRequestBody() throws Exception {
        site.application(call -> call.print(call.header("content-length") + " "
                + new String(call.body().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)));
        HttpResponse<String> response = site.send(site.request("/any")
                .header("x-replace-request-body", "1")
                .POST(BodyPublishers.ofByteArray(Payload.ofSize(50_000))));
        assertThat(response.body()).isEqualTo("18 body of the filter");
    }

    @Test
    void replacesTheResponseBody() throws Exception {
        site.application(call -> {
            call.setHeader("x-replace-body", "1");
            call.out().write(Payload.ofSize(50_000));
        });
        HttpResponse<String> response = site.get("/any");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("body of the filter");
    }

    @Test
    void leavesBodiesAloneThatItIsNotAskedToReplace() throws Exception {
        byte[] body = Payload.ofSize(3 * Payload.MEBIBYTE);
        site.application(call -> call.print(Payload.fingerprint(call.body())));
        assertThat(site.post("/any", body).body()).isEqualTo(Payload.fingerprint(body));
    }

    /** The configuration's "deny" is a prefix of :path, which begins with the context path. */
    @Test
    void deniesAPath() throws Exception {
        site.application(call -> {});
        HttpResponse<String> response = site.get("/denied/x");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().allValues("x-denied-by")).containsExactly(language);
        assertThat(response.body()).startsWith("denied by " + language);
        assertThat(site.calls()).isZero();
    }
}

package dev.proxywasm.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** What a user reads when the application does not start. */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTest {

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        SslAutoConfiguration.class,
        ProxyWasmAutoConfiguration.class
    })
    static class Application {}

    @TempDir
    private Path directory;

    /** Starts an application with that YAML, and gives what it printed. */
    private String start(CapturedOutput output, String yaml) throws Exception {
        Path file = directory.resolve("application.yaml");
        Files.writeString(file, yaml);
        List<String> arguments = new ArrayList<>();
        arguments.add("--server.port=0");
        arguments.add("--spring.config.location=" + file.toUri());
        Throwable failure =
                catchThrowable(() -> SpringApplication.run(Application.class, arguments.toArray(String[]::new))
                        .close());
        assertThat(failure).isNotNull();
        assertThat(output).contains("APPLICATION FAILED TO START");
        return output.toString();
    }

    private String startWithPlugin(CapturedOutput output, String keys) throws Exception {
        return start(output, "proxy-wasm:\n  plugins:\n    - name: waf\n" + keys.indent(6));
    }

    private String startWithUpstream(CapturedOutput output, String upstream) throws Exception {
        return start(output, "proxy-wasm:\n  upstreams:\n" + upstream.indent(4));
    }

    @Test
    void aWrongPathNamesTheKeyItsPlaceAndTheFix(CapturedOutput output) throws Exception {
        assertThat(startWithPlugin(output, "module: classpath:filters/missing.wasm"))
                .contains("plugin 'waf'", "filters/missing.wasm", "is not on the class path")
                .contains(
                        "Correct 'proxy-wasm.plugins[0].module'",
                        "application.yaml",
                        "4:15",
                        "src/main/resources/filters");
    }

    @Test
    void aBadChecksumNamesBothDigestsAndTheKey(CapturedOutput output) throws Exception {
        String wrong = "0".repeat(64);
        assertThat(start(
                        output,
                        """
                proxy-wasm:
                  plugins:
                    - name: first
                      module: classpath:filters/api-key.wat
                    - name: waf
                      module: classpath:filters/api-key.wat
                      sha256: "%s"
                """
                                .formatted(wrong)))
                .contains("plugin 'waf'", "has sha256", wrong)
                .contains("set 'proxy-wasm.plugins[1].sha256'", "7:15", "its digest");
    }

    @Test
    void aModuleThatIsNoFilterNamesTheAbi(CapturedOutput output) throws Exception {
        Path module = directory.resolve("plain.wat");
        Files.writeString(module, "(module (memory (export \"memory\") 1))");
        assertThat(startWithPlugin(output, "module: \"%s\"".formatted(module.toUri())))
                .contains("plugin 'waf'", "no Proxy-Wasm ABI version")
                .contains("'proxy-wasm.plugins[0].module'", "built with a Proxy-Wasm SDK");
    }

    @Test
    void anUnknownKeyNamesTheOneThatWasMeant(CapturedOutput output) throws Exception {
        assertThat(
                        startWithPlugin(
                                output,
                                """
                        module: classpath:filters/api-key.wat
                        limits:
                          memmory: 1MiB
                        """))
                .contains("'proxy-wasm.plugins[0].limits.memmory'", "6:18", "unknown to Proxy-Wasm")
                .contains("Did you mean 'proxy-wasm.plugins[0].limits.memory'?", "callback-timeout");
    }

    @Test
    void aBadValueNamesTheKeyAndWhatWasExpected(CapturedOutput output) throws Exception {
        assertThat(
                        startWithPlugin(
                                output,
                                """
                        module: classpath:filters/api-key.wat
                        limits: {memory: plenty}
                        """))
                .contains("proxy-wasm.plugins[0].limits.memory", "'plenty'", "a size such as 256MiB")
                .contains("Correct 'proxy-wasm.plugins[0].limits.memory'", "5:24");
    }

    @Test
    void aMissingKeyNamesThePlugin(CapturedOutput output) throws Exception {
        assertThat(startWithPlugin(output, "")).contains("proxy-wasm.plugins[0]", "'module' is missing");
    }

    @Test
    void aMissingConfigurationNamesItsLocation(CapturedOutput output) throws Exception {
        assertThat(
                        startWithPlugin(
                                output,
                                """
                        module: classpath:filters/api-key.wat
                        configuration-location: classpath:missing.json
                        """))
                .contains("proxy-wasm.plugins[0].configuration-location", "missing.json", "create the file");
    }

    @Test
    void anUnknownBundleNamesThoseThatThereAre(CapturedOutput output) throws Exception {
        assertThat(
                        start(
                                output,
                                """
                spring:
                  ssl:
                    bundle:
                      pem:
                        internal: {truststore: {certificate: "classpath:any.pem"}}
                proxy-wasm:
                  upstreams:
                    auth: {uri: "https://auth.example", ssl-bundle: internl}
                """))
                .contains("proxy-wasm.upstreams.auth.ssl-bundle: there is no SSL bundle 'internl'; known are: internal")
                .contains(
                        "Correct 'proxy-wasm.upstreams.auth.ssl-bundle'",
                        "application.yaml",
                        "8:53",
                        "spring.ssl.bundle.pem");
    }

    @Test
    void aBundleForAnUpstreamWithoutTlsIsRefused(CapturedOutput output) throws Exception {
        assertThat(startWithUpstream(
                        output, "\"[auth.example]\": {uri: \"http://auth.example\", ssl-bundle: internal}"))
                .contains("proxy-wasm.upstreams[auth.example].ssl-bundle: is for calls through TLS")
                .contains("the uri is http://auth.example; write https there, or remove ssl-bundle")
                .contains("Correct 'proxy-wasm.upstreams[auth.example].ssl-bundle'", "3:64");
    }

    @Test
    void aBundleBesideFilesIsRefused(CapturedOutput output) throws Exception {
        assertThat(startWithUpstream(
                        output,
                        "auth: {uri: \"https://auth.example\", ssl-bundle: internal, tls: {ca-certificates: ca.pem}}"))
                .contains(
                        "proxy-wasm.upstreams.auth.ssl-bundle: cannot be set beside 'tls'; keep the one and remove the other")
                .contains("Correct 'proxy-wasm.upstreams.auth.ssl-bundle'", "3:53");
    }

    @Test
    void aPemFileThatIsMissingNamesTheKeyAndItsPlace(CapturedOutput output) throws Exception {
        assertThat(startWithUpstream(
                        output, "auth: {uri: \"https://auth.example\", tls: {ca-certificates: /no/such/ca.pem}}"))
                .contains("upstream 'auth': tls.ca-certificates: /no/such/ca.pem does not exist; create it, or correct")
                .contains("Correct 'proxy-wasm.upstreams.auth.tls.ca-certificates'", "3:64");
    }

    @Test
    void aBundleThatCannotBeLoadedSaysWhy(CapturedOutput output) throws Exception {
        assertThat(
                        start(
                                output,
                                """
                spring:
                  ssl:
                    bundle:
                      pem:
                        internal: {truststore: {certificate: "classpath:missing.pem"}}
                proxy-wasm:
                  upstreams:
                    auth: {uri: "https://auth.example", ssl-bundle: internal}
                """))
                .contains("proxy-wasm.upstreams.auth.ssl-bundle: the SSL bundle 'internal' cannot be used")
                .contains("missing.pem")
                .contains(
                        "Correct 'proxy-wasm.upstreams.auth.ssl-bundle'",
                        "or the bundle: spring.ssl.bundle.pem.<name>");
    }

    /** A name with characters that no property has is found all the same. */
    @Test
    void aBadValueOfAnUpstreamOfAMeshNamesTheKey(CapturedOutput output) throws Exception {
        assertThat(startWithUpstream(output, "\"[outbound|443||geo]\": {uri: \"ftp://geo.example\"}"))
                .contains("proxy-wasm.upstreams.outbound|443||geo.uri", "an upstream is http://host")
                .contains("Correct 'proxy-wasm.upstreams.outbound|443||geo.uri'");
    }
}

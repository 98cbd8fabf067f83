package dev.proxywasm.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proxywasm.PluginCounter;
import dev.proxywasm.PluginState;
import dev.proxywasm.ProxyWasm;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A whole application, everything that Boot configures included, over real sockets. */
class ApplicationTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private ConfigurableApplicationContext application;

    /** Which of Boot's servers runs: both are on the class path, and the other's configuration is left out. */
    enum Server {
        TOMCAT("org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration"),
        JETTY("org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration");

        private final String excluded;

        Server(String excluded) {
            this.excluded = excluded;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Shop {

        @GetMapping("/")
        String hello() {
            return "hello";
        }

        @GetMapping("/thread")
        String thread() throws ReflectiveOperationException {
            return String.valueOf(Thread.class.getMethod("isVirtual").invoke(Thread.currentThread()));
        }

        @GetMapping("/private/a")
        String secret() {
            return "secret";
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/private/**", "/denied")
                            .authenticated()
                            .anyRequest()
                            .permitAll())
                    .build();
        }
    }

    private void start(Server server, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.autoconfigure.exclude=" + server.excluded,
                "--management.endpoints.web.exposure.include=*",
                "--management.endpoint.health.show-details=always",
                "--proxy-wasm.plugins[0].name=add-header",
                "--proxy-wasm.plugins[0].module=classpath:filters/add-header.wat",
                "--proxy-wasm.plugins[0].configuration=x-some-extra-header: value"));
        arguments.addAll(List.of(more));
        application = new SpringApplication(Shop.class).run(arguments.toArray(String[]::new));
    }

    @AfterEach
    void close() {
        if (application != null) {
            application.close();
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        URI uri = URI.create("http://localhost:" + port + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource
    void sendsRequestsThroughThePluginAndTellsOfIt(Server server) throws Exception {
        start(server);
        HttpResponse<String> response = get("/");
        assertThat(response.body()).isEqualTo("hello");
        assertThat(response.headers().firstValue("x-some-extra-header")).contains("value");
        tellsByEndpoint();
        tellsByHealth();
        assertThat(get("/actuator/metrics/proxywasm.plugin.requests?tag=plugin:add-header")
                        .body())
                .contains("\"statistic\":\"COUNT\"")
                .doesNotContain("\"value\":0.0");
    }

    private void tellsByEndpoint() throws Exception {
        assertThat(get("/actuator/proxywasm").body())
                .contains("\"name\":\"add-header\"", "\"state\":\"running\"", "\"abiVersion\":\"0.2.1\"")
                .contains("\"instances\":{\"live\":1", "\"local-responses\":0")
                .doesNotContain("x-some-extra-header");
        assertThat(get("/actuator/proxywasm/add-header").body()).startsWith("{\"name\":\"add-header\"");
        assertThat(get("/actuator/proxywasm/none").statusCode()).isEqualTo(404);
    }

    private void tellsByHealth() throws Exception {
        assertThat(get("/actuator/health").body())
                .contains("\"proxyWasm\":{\"components\":{\"add-header\":{\"details\":{")
                .contains("\"state\":\"RUNNING\"");
    }

    @Test
    void aPluginOfPhaseAuthnStandsBeforeSpringSecurity() throws Exception {
        start(
                Server.TOMCAT,
                "--proxy-wasm.plugins[1].name=api-key",
                "--proxy-wasm.plugins[1].module=classpath:filters/api-key.wat",
                "--proxy-wasm.plugins[1].phase=authn",
                "--proxy-wasm.plugins[1].match.paths=/private/*");
        HttpResponse<String> answered = get("/private/a");
        assertThat(answered.body()).contains("x-api-key");
        HttpResponse<String> denied = get("/denied");
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(denied.headers().firstValue("x-some-extra-header"))
                .as("what Spring Security answers has passed the plugins too")
                .contains("value");
    }

    @Test
    void otherPluginsStandBehindSpringSecurity() throws Exception {
        start(
                Server.TOMCAT,
                "--proxy-wasm.plugins[1].name=api-key",
                "--proxy-wasm.plugins[1].module=classpath:filters/api-key.wat",
                "--proxy-wasm.plugins[1].match.paths=/private/*");
        assertThat(get("/private/a").statusCode()).isEqualTo(403);
        assertThat(application.getBean(ProxyWasm.class).plugins())
                .as("Spring Security has answered, and no plugin was asked")
                .allSatisfy(plugin ->
                        assertThat(plugin.count(PluginCounter.REQUESTS)).isZero());
    }

    @ParameterizedTest
    @EnumSource
    void worksOnVirtualThreads(Server server) throws Exception {
        Assumptions.assumeTrue(Runtime.version().feature() >= 21, "virtual threads need Java 21");
        start(server, "--spring.threads.virtual.enabled=true");
        HttpResponse<String> response = get("/thread");
        assertThat(response.body()).isEqualTo("true");
        assertThat(response.headers().firstValue("x-some-extra-header")).contains("value");
    }

    /** What devtools does at each change of a class. */
    @Test
    void leavesNothingBehindWhenItRestarts() throws Exception {
        List<ProxyWasm> hosts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            start(Server.TOMCAT);
            assertThat(get("/").body()).isEqualTo("hello");
            hosts.add(application.getBean(ProxyWasm.class));
            application.close();
        }
        assertThat(hosts).allSatisfy(host -> assertThat(host.plugins()).allSatisfy(plugin -> {
            assertThat(plugin.state()).isEqualTo(PluginState.CLOSED);
            assertThat(plugin.instances()).isZero();
        }));
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("proxy-wasm")));
    }
}

package dev.proxywasm.spring.boot;

import dev.proxywasm.ProxyWasmConfig;
import dev.proxywasm.it.contract.Application;
import dev.proxywasm.it.contract.PageException;
import dev.proxywasm.it.contract.ServletBridge;
import dev.proxywasm.it.contract.TestServer;
import jakarta.servlet.MultipartConfigElement;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.error.ErrorPage;
import org.springframework.boot.web.error.ErrorPageRegistrar;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.HttpStatus;

/** A Spring Boot application on one of the servers that Boot embeds, as the contract drives it. */
final class BootServer implements TestServer {

    private final ConfigurableApplicationContext context;

    private BootServer(Class<?> server, ProxyWasmConfig plugins, Application application) {
        SpringApplication boot = new SpringApplication(server);
        boot.setDefaultProperties(Map.of("server.port", "0", "server.servlet.context-path", CONTEXT));
        boot.addInitializers(created -> {
            GenericApplicationContext beans = (GenericApplicationContext) created;
            beans.registerBean(ProxyWasmConfig.class, () -> plugins);
            beans.registerBean(Application.class, () -> application);
        });
        context = boot.run();
    }

    static BootServer tomcat(ProxyWasmConfig plugins, Application application) {
        return new BootServer(OnTomcat.class, plugins, application);
    }

    static BootServer jetty(ProxyWasmConfig plugins, Application application) {
        return new BootServer(OnJetty.class, plugins, application);
    }

    @Override
    public int port() {
        return ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    @Override
    public void stop() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({TomcatServletWebServerAutoConfiguration.class, ProxyWasmAutoConfiguration.class})
    static class OnTomcat extends Servlets {

        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> trailers() {
            return tomcat -> tomcat.addConnectorCustomizers(
                    connector -> connector.setProperty("allowedTrailerHeaders", "x-known,x-other"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({JettyServletWebServerAutoConfiguration.class, ProxyWasmAutoConfiguration.class})
    static class OnJetty extends Servlets {}

    static class Servlets {

        @Bean
        ServletRegistrationBean<ServletBridge> application(Application application) {
            ServletRegistrationBean<ServletBridge> servlet =
                    new ServletRegistrationBean<>(new ServletBridge(application), "/*");
            servlet.setAsyncSupported(true);
            servlet.setMultipartConfig(new MultipartConfigElement(System.getProperty("java.io.tmpdir")));
            return servlet;
        }

        @Bean
        ErrorPageRegistrar pages() {
            return pages -> pages.addErrorPages(
                    new ErrorPage(HttpStatus.valueOf(STATUS_WITH_PAGE), PAGE),
                    new ErrorPage(PageException.class, PAGE));
        }
    }
}

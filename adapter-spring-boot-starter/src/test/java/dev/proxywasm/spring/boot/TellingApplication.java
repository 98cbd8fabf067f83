package dev.proxywasm.spring.boot;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The least that has the filter in front of it. Answers the request header {@code x-answer}, which a plugin may have added. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    SslAutoConfiguration.class,
    ProxyWasmAutoConfiguration.class
})
class TellingApplication {

    @Bean
    ServletRegistrationBean<HttpServlet> telling() {
        return new ServletRegistrationBean<>(new Telling(), "/");
    }

    private static final class Telling extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(request.getHeader("x-answer"));
        }
    }
}

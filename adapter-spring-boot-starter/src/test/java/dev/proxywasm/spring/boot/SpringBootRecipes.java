package dev.proxywasm.spring.boot;

import dev.proxywasm.ServiceLimits;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What docs/SPRING_BOOT.md shows, line by line. */
@Configuration(proxyBeanMethods = false)
class SpringBootRecipes {

    @Bean
    ProxyWasmCustomizer smallSharedData() {
        return builder -> builder.serviceLimits(
                ServiceLimits.builder().sharedDataBytes(1024 * 1024).build());
    }
}

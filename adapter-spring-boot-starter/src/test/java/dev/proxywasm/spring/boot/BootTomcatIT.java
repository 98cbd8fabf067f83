package dev.proxywasm.spring.boot;

import dev.proxywasm.it.contract.AdapterContract;
import dev.proxywasm.it.contract.Http1Cases;
import dev.proxywasm.it.contract.ServletCases;
import org.springframework.boot.SpringBootVersion;

class BootTomcatIT extends AdapterContract implements Http1Cases, ServletCases {
    BootTomcatIT() {
        super("Spring Boot " + SpringBootVersion.getVersion() + " Tomcat", BootServer::tomcat);
    }
}

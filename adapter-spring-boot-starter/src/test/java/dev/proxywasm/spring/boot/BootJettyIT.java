package dev.proxywasm.spring.boot;

import dev.proxywasm.it.contract.AdapterContract;
import dev.proxywasm.it.contract.Difference;
import dev.proxywasm.it.contract.Http1Cases;
import dev.proxywasm.it.contract.ServletCases;
import java.util.Set;
import org.springframework.boot.SpringBootVersion;

class BootJettyIT extends AdapterContract implements Http1Cases, ServletCases {
    BootJettyIT() {
        super("Spring Boot " + SpringBootVersion.getVersion() + " Jetty", BootServer::jetty);
    }

    @Override
    public Set<Difference> differences() {
        return Set.of(Difference.UPGRADED_CONNECTION_ENDS);
    }
}

package dev.proxywasm.it;

import dev.proxywasm.it.contract.AdapterContract;
import dev.proxywasm.it.contract.Http1Cases;
import dev.proxywasm.it.contract.ServletCases;
import org.apache.catalina.util.ServerInfo;
import org.junit.jupiter.api.Tag;

@Tag("tomcat")
class TomcatIT extends AdapterContract implements Http1Cases, ServletCases {
    TomcatIT() {
        super("Tomcat " + ServerInfo.getServerNumber(), TomcatServer::new);
    }
}

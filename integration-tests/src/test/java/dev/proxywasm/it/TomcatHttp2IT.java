package dev.proxywasm.it;

import dev.proxywasm.it.contract.AdapterContract;
import dev.proxywasm.it.contract.ServletCases;
import java.net.http.HttpClient.Version;
import org.apache.catalina.util.ServerInfo;
import org.junit.jupiter.api.Tag;

@Tag("tomcat")
class TomcatHttp2IT extends AdapterContract implements ServletCases {
    TomcatHttp2IT() {
        super("Tomcat " + ServerInfo.getServerNumber() + " (h2c)", TomcatServer::new, Version.HTTP_2);
    }
}

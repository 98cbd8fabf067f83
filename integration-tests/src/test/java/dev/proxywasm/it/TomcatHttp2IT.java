package dev.proxywasm.it;

import dev.proxywasm.it.contract.AdapterContract;
import dev.proxywasm.it.contract.Difference;
import dev.proxywasm.it.contract.Http2Cases;
import dev.proxywasm.it.contract.ServletCases;
import java.net.http.HttpClient.Version;
import java.util.Set;
import org.apache.catalina.util.ServerInfo;
import org.junit.jupiter.api.Tag;

@Tag("tomcat")
class TomcatHttp2IT extends AdapterContract implements Http2Cases, ServletCases {
    TomcatHttp2IT() {
        super("Tomcat " + ServerInfo.getServerNumber() + " (h2c)", TomcatServer::new, Version.HTTP_2);
    }

    @Override
    public Set<Difference> differences() {
        return Set.of(Difference.FAILED_RESPONSE_ENDS_WELL);
    }
}

package dev.proxywasm.it;

import org.junit.jupiter.api.Tag;

@Tag("tomcat")
class TomcatIT extends AdapterContract {
    TomcatIT() {
        super(TomcatServer::new);
    }
}

package dev.proxywasm.servlet;

import java.nio.file.Path;

class TomcatFilterTest extends ProxyWasmFilterContract {

    @Override
    TestServer newServer(Path directory) throws Exception {
        return new TomcatServer(directory);
    }
}

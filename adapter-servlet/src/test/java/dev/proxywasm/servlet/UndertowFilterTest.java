package dev.proxywasm.servlet;

import java.nio.file.Path;

class UndertowFilterTest extends ProxyWasmFilterContract {

    @Override
    TestServer newServer(Path directory) throws Exception {
        return new UndertowServer();
    }
}

package dev.proxywasm.it;

class UndertowIT extends AdapterContract {
    UndertowIT() {
        super(UndertowServer::new);
    }
}

package dev.proxywasm.it;

class JettyIT extends AdapterContract {
    JettyIT() {
        super(JettyServer::new);
    }
}

package dev.proxywasm.internal.callout.jdk;

import dev.proxywasm.internal.callout.HttpTlsContract;
import dev.proxywasm.spi.HttpCallClient;

class JdkHttpTlsTest extends HttpTlsContract {

    @Override
    protected HttpCallClient newClient() {
        return new JdkHttpCallClient();
    }
}

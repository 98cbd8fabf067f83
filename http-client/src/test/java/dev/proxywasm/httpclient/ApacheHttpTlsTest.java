package dev.proxywasm.httpclient;

import dev.proxywasm.internal.callout.HttpTlsContract;
import dev.proxywasm.spi.HttpCallClient;

class ApacheHttpTlsTest extends HttpTlsContract {

    @Override
    protected HttpCallClient newClient() {
        return new ApacheHttpCallClient();
    }
}

package dev.proxywasm.httpclient;

import dev.proxywasm.internal.callout.UpstreamTlsContract;
import dev.proxywasm.spi.HttpCallClient;

class ApacheUpstreamTlsTest extends UpstreamTlsContract {

    @Override
    protected HttpCallClient newClient() {
        return new ApacheHttpCallClient();
    }
}

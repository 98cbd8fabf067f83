package dev.proxywasm.internal.callout.jdk;

import dev.proxywasm.internal.callout.UpstreamTlsContract;
import dev.proxywasm.spi.HttpCallClient;

class JdkUpstreamTlsTest extends UpstreamTlsContract {

    @Override
    protected HttpCallClient newClient() {
        return new JdkHttpCallClient();
    }
}

package dev.proxywasm.spring.boot;

import dev.proxywasm.spring.boot.ProxyWasmEndpoint.Reload;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/** Over HTTP, a reload that fails has status 500 besides its problem, so that scripts notice. */
@EndpointWebExtension(endpoint = ProxyWasmEndpoint.class)
public final class ProxyWasmWebEndpoint {

    private final ProxyWasmEndpoint endpoint;

    /** For that endpoint. */
    public ProxyWasmWebEndpoint(ProxyWasmEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** As {@link ProxyWasmEndpoint#reload()}. */
    @WriteOperation
    public WebEndpointResponse<Reload> reload() {
        Reload reload = endpoint.reload();
        int status = reload.problem().isEmpty()
                ? WebEndpointResponse.STATUS_OK
                : WebEndpointResponse.STATUS_INTERNAL_SERVER_ERROR;
        return new WebEndpointResponse<>(reload, status);
    }
}

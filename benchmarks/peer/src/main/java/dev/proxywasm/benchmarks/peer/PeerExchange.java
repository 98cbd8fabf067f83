package dev.proxywasm.benchmarks.peer;

import dev.proxywasm.benchmarks.measure.SampleMessages;
import io.roastedroot.proxywasm.internal.ArrayProxyMap;
import io.roastedroot.proxywasm.internal.HttpContext;
import io.roastedroot.proxywasm.internal.HttpRequestAdaptor;
import io.roastedroot.proxywasm.internal.Plugin;
import io.roastedroot.proxywasm.internal.PluginHttpContext;
import io.roastedroot.proxywasm.internal.ProxyMap;
import io.roastedroot.proxywasm.internal.WasmResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sample request and response, as the peer asks a server for them. */
final class PeerExchange implements HttpRequestAdaptor {

    private final ProxyMap request = new ArrayProxyMap();
    private final ProxyMap response = new ArrayProxyMap();

    PeerExchange() {
        SampleMessages.request(request::add);
        SampleMessages.response(response::add);
    }

    /** Runs the whole sequence; tells whether the response then has that header. */
    boolean through(Plugin plugin, String responseHeader) {
        plugin.lock();
        try {
            HttpContext context = plugin.createHttpContext(this).context();
            context.callOnRequestHeaders(true);
            context.callOnResponseHeaders(true);
            context.close();
            return response.get(responseHeader) != null;
        } finally {
            plugin.unlock();
        }
    }

    @Override
    public ProxyMap getHttpRequestHeaders() {
        return request;
    }

    @Override
    public ProxyMap getHttpResponseHeaders() {
        return response;
    }

    @Override
    public @Nullable ProxyMap getHttpRequestTrailers() {
        return null;
    }

    @Override
    public @Nullable ProxyMap getHttpResponseTrailers() {
        return null;
    }

    @Override
    public @Nullable ProxyMap getGrpcReceiveInitialMetaData() {
        return null;
    }

    @Override
    public @Nullable ProxyMap getGrpcReceiveTrailerMetaData() {
        return null;
    }

    @Override
    public byte @Nullable [] getProperty(PluginHttpContext context, List<String> path) {
        return null;
    }

    @Override
    public WasmResult setProperty(PluginHttpContext context, List<String> path, byte[] value) {
        return WasmResult.NOT_FOUND;
    }

    @Override
    public String protocol() {
        return "HTTP/1.1";
    }

    @Override
    public String remoteAddress() {
        return "127.0.0.1";
    }

    @Override
    public int remotePort() {
        return 40000;
    }

    @Override
    public String localAddress() {
        return "127.0.0.1";
    }

    @Override
    public int localPort() {
        return 8080;
    }
}

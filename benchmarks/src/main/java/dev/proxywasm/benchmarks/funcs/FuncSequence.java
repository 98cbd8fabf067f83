package dev.proxywasm.benchmarks.funcs;

import dev.proxywasm.benchmarks.measure.SampleMessages;
import dev.proxywasm.benchmarks.measure.Sequence;
import dev.proxywasm.http.HeaderMap;

/** A filter with one Func per import. */
public final class FuncSequence implements Sequence, AutoCloseable {

    private static final int ROOT = 1;

    private final FuncGuest guest;
    private final String responseHeader;
    private int lastContext = ROOT;

    /**
     * Compiles and starts a filter. A host must have been started before, because it loads the native library.
     *
     * @param wasm the module, binary or text
     * @param responseHeader what the filter adds to a response
     * @throws IllegalStateException if the filter refuses to start
     */
    public FuncSequence(byte[] wasm, String responseHeader) {
        this.guest = new FuncGuest(wasm);
        this.responseHeader = responseHeader;
        guest.call("_initialize");
        guest.call("proxy_on_context_create", ROOT, 0);
        if (guest.call("proxy_on_vm_start", ROOT, 0) == 0 || guest.call("proxy_on_configure", ROOT, 0) == 0) {
            throw new IllegalStateException("the filter refuses to start");
        }
    }

    @Override
    public boolean run() {
        HeaderMap request = new HeaderMap();
        SampleMessages.request(request::add);
        HeaderMap response = new HeaderMap();
        SampleMessages.response(response::add);
        guest.show(request, response);
        int context = ++lastContext;
        guest.call("proxy_on_context_create", context, ROOT);
        guest.call("proxy_on_request_headers", context, request.size(), 1);
        guest.call("proxy_on_response_headers", context, response.size(), 1);
        guest.call("proxy_on_done", context);
        guest.call("proxy_on_log", context);
        guest.call("proxy_on_delete", context);
        return response.contains(responseHeader);
    }

    @Override
    public void close() {
        guest.close();
    }
}

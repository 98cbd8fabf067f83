package dev.proxywasm.internal.hostcall;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.VmConfig;
import dev.proxywasm.abi.AbiVersion;
import dev.proxywasm.abi.Status;
import dev.proxywasm.http.HeaderMap;
import dev.proxywasm.http.LocalResponse;
import dev.proxywasm.http.Outcome;
import dev.proxywasm.internal.callout.CalloutServices;
import dev.proxywasm.spi.SharedQueues;
import dev.proxywasm.testing.TestExchange;
import dev.proxywasm.testing.TestHost;
import dev.proxywasm.testing.Wat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A host with one {@link ForwardGuest}: makes hostcalls from request headers, on the real engine. */
final class ForwardHost implements AutoCloseable {

    private static final String VM_ID = "forward";

    private final TestHost host;
    private HeaderMap request = new HeaderMap();

    private ForwardHost(TestHost host) {
        this.host = host;
    }

    /** A guest that can call others. */
    static ForwardHost calling(CalloutServices callouts) {
        return start(AbiVersion.V0_2_1, callouts);
    }

    /** A guest that declares that version. */
    static ForwardHost start(AbiVersion version) {
        return start(version, CalloutServices.NONE);
    }

    private static ForwardHost start(AbiVersion version, CalloutServices callouts) {
        String text = Wat.text(ForwardGuest.FIXTURE);
        String marker = "proxy_abi_version_" + version.toString().replace('.', '_');
        String module = text.substring(text.indexOf("(module")).replace("proxy_abi_version_0_2_1", marker);
        PluginConfig plugin = PluginConfig.builder("forward", module)
                .vm(new VmConfig(VM_ID, "VM configuration", Map.of(), List.of()))
                .configuration("plugin configuration")
                .instances(1)
                .build();
        return new ForwardHost(TestHost.calling(callouts, plugin));
    }

    /** Has calls made during the headers of a request that has further headers, and a body behind them; tells what they answered. */
    List<Status> call(ForwardCalls calls, String... more) {
        try (TestExchange exchange = exchange(calls, more)) {
            exchange.requestHeaders();
            request = exchange.request().takeHeaders();
        }
        String letters = request.get("x-answers");
        return letters.substring(0, letters.length() - 8)
                .chars()
                .mapToObj(letter -> status(letter - 'A'))
                .toList();
    }

    /** As {@link #call}, where one of the calls sends a local response. */
    LocalResponse reply(ForwardCalls calls, String... more) {
        try (TestExchange exchange = exchange(calls, more)) {
            return ((Outcome.Reply) exchange.requestHeaders()).response();
        }
    }

    private TestExchange exchange(ForwardCalls calls, String... more) {
        return host.get(Stream.of(more, calls.headers()).flatMap(Arrays::stream).toArray(String[]::new));
    }

    /** The request as the last calls left it, without what told the guest to make them. */
    HeaderMap request() {
        HeaderMap left = request.copy();
        List.of("x-calls", "x-memory", "x-answers").forEach(left::remove);
        return left;
    }

    /** What calls had shown since this was last asked, a string of bytes each. */
    List<String> shown() {
        SharedQueues queues = host.services().shared().queues();
        List<String> shown = new ArrayList<>();
        OptionalInt queue = queues.resolve(VM_ID, "shown");
        if (queue.isPresent()) {
            for (var one = queues.take(queue.getAsInt()); one.isPresent(); one = queues.take(queue.getAsInt())) {
                shown.add(new String(one.get(), ISO_8859_1));
            }
        }
        return shown;
    }

    private static Status status(int code) {
        return Stream.of(Status.values())
                .filter(status -> status.code() == code)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        host.close();
    }
}

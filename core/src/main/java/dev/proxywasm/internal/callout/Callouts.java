package dev.proxywasm.internal.callout;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.PluginCounter;
import dev.proxywasm.internal.callback.Callback;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The callouts of one VM: those without an answer, by token, and the way back into the guest.
 *
 * <p>They belong to the root context. A call survives the stream that asked for it and ends with the VM. Each gets one end: its answer, its
 * failure or its time-out, whichever comes first, or none if the guest cancels it or the VM ends. Tokens rise from 1 for all kinds
 * together and are not used again while a call has them.
 *
 * <p>Confined to the VM. Answers come on any thread and wait until the VM can be entered.
 */
public final class Callouts {

    private final PluginConfig plugin;
    private final ScheduledExecutorService scheduler;
    private final CalloutVm vm;
    private final CalloutView view = new CalloutView();
    private final Map<Integer, OutstandingCall> outstanding = new HashMap<>();
    private final HttpCallouts http;
    private final GrpcCallouts grpc;
    private final DnsCallouts dns;
    private int lastToken;

    /**
     * The callouts of a VM that has made none.
     *
     * @param scheduler runs time-outs
     */
    public Callouts(CalloutServices services, PluginConfig plugin, ScheduledExecutorService scheduler, CalloutVm vm) {
        this.plugin = plugin;
        this.scheduler = scheduler;
        this.vm = vm;
        this.http = new HttpCallouts(this, services);
        this.grpc = new GrpcCallouts(this, services);
        this.dns = new DnsCallouts(this, services);
    }

    /** HTTP calls. */
    public HttpCallouts http() {
        return http;
    }

    /** gRPC calls. */
    public GrpcCallouts grpc() {
        return grpc;
    }

    /** Names to be resolved. */
    public DnsCallouts dns() {
        return dns;
    }

    /** What the guest sees of the answer that it is being told of. */
    public CalloutView view() {
        return view;
    }

    /** Gives up every call, because the VM is over. */
    public void cancelAll() {
        List<OutstandingCall> ended = List.copyOf(outstanding.values());
        outstanding.clear();
        ended.forEach(OutstandingCall::cancel);
    }

    PluginConfig plugin() {
        return plugin;
    }

    /** Why no further call can be started, or null if one can. */
    @Nullable
    String refusal() {
        int most = plugin.limits().calloutsInFlight();
        return outstanding.size() < most
                ? null
                : "the plugin's instance has " + most
                        + " callouts without an answer already, which is its limit callouts-in-flight";
    }

    /** Makes a call with a token of its own; it counts from here on. */
    <C extends OutstandingCall> C add(IntFunction<C> call) {
        do {
            lastToken++;
        } while (lastToken == 0 || outstanding.containsKey(lastToken));
        C added = call.apply(lastToken);
        outstanding.put(lastToken, added);
        return added;
    }

    /** The call of that token, or null if there is none without an answer. */
    @Nullable
    OutstandingCall get(int token) {
        return outstanding.get(token);
    }

    /** Takes a call out; tells whether it was still waiting for its answer. */
    boolean end(OutstandingCall call) {
        call.stopTimer();
        return outstanding.remove(call.token(), call);
    }

    /** The least of what the guest asked for, if it did, and what the host allows. */
    Duration timeout(int milliseconds, Duration ofUpstream) {
        Duration ceiling = plugin.limits().calloutTimeout();
        Duration most = ofUpstream.compareTo(ceiling) < 0 ? ofUpstream : ceiling;
        Duration asked = Duration.ofMillis(milliseconds);
        return milliseconds > 0 && asked.compareTo(most) < 0 ? asked : most;
    }

    /** A timer that ends a call when the VM can be entered after that time. */
    @Nullable
    Future<?> watch(OutstandingCall call, Duration timeout) {
        Runnable timedOut = () -> call.timedOut("no answer within " + timeout.toMillis() + " ms");
        try {
            return scheduler.schedule(() -> post(timedOut), timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException shutDown) {
            // The host is closing, and the VM with it: that cancels the call.
            return null;
        }
    }

    /** Does something in the VM, behind what was posted before. Any thread. */
    void post(Runnable action) {
        vm.post(action);
    }

    /** Tells the guest of a callout while the view shows what it is told of; the view is empty afterwards. */
    void tell(Callback callback, OutstandingCall call, int first, int second, int third) {
        try {
            vm.call(callback, call.token(), first, second, third);
        } finally {
            view.clear();
        }
    }

    void count(PluginCounter counter) {
        vm.count(counter);
    }

    void warn(String problem) {
        vm.warn(problem);
    }
}

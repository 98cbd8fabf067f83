package dev.proxywasm.internal.hostcall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proxywasm.Limits;
import dev.proxywasm.PluginConfig;
import dev.proxywasm.ServiceLimits;
import dev.proxywasm.abi.AbiVersion;
import dev.proxywasm.abi.LogLevel;
import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.callout.CalloutServices;
import dev.proxywasm.internal.callout.Callouts;
import dev.proxywasm.internal.context.Context;
import dev.proxywasm.internal.context.GuestClock;
import dev.proxywasm.internal.engine.GuestMemory;
import dev.proxywasm.internal.service.SharedServices;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/** A VM without an engine. Its allocator takes one piece after the other from the upper half of memory. */
final class FakeScope implements HostcallScope {

    static final int HEAP = FakeMemory.SIZE / 2;

    final FakeMemory memory = new FakeMemory();
    final FakeContext context = new FakeContext(17);
    final List<String> log = new ArrayList<>();
    GuestOutput output = outputOf(Limits.DEFAULT);
    final List<Integer> allocations = new ArrayList<>();
    List<String> environment = List.of();
    AbiVersion abiVersion = AbiVersion.V0_2_1;
    CallPhase phase = CallPhase.CALLBACK;
    LogLevel logLevel = LogLevel.INFO;
    InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000, 123_456_789));
    PluginConfig plugin = PluginConfig.builder("waf", "waf.wasm").build();
    final FakeCallouts calloutVm = new FakeCallouts();
    Callouts callouts = calloutVm.calling(CalloutServices.NONE, plugin);
    final List<String> warned = new ArrayList<>();
    WarningLog warnings = new WarningLog("waf", clock, warned::add);
    final FakeNotices notices = new FakeNotices();
    private final Map<Class<?>, Object> locals = new HashMap<>();
    SharedServices shared = FakeServices.within(ServiceLimits.DEFAULT);
    boolean configuring;
    boolean awaitsDone;
    long tickPeriodMillis = -1;
    int effectiveContext;
    IntUnaryOperator allocator = new IntUnaryOperator() {
        private int next = HEAP;

        @Override
        public int applyAsInt(int size) {
            int piece = next;
            next += size;
            return piece;
        }
    };

    void limit(Limits.Builder limits) {
        plugin = PluginConfig.builder("waf", "waf.wasm").limits(limits.build()).build();
        output = outputOf(plugin.limits());
    }

    private GuestOutput outputOf(Limits limits) {
        return new GuestOutput(this::log, limits.logLineBytes() + 4);
    }

    @Override
    public PluginConfig plugin() {
        return plugin;
    }

    @Override
    public AbiVersion abiVersion() {
        return abiVersion;
    }

    @Override
    public Context activeContext() {
        return context;
    }

    @Override
    public boolean setEffectiveContext(int id) {
        effectiveContext = id == context.id() ? id : 0;
        return id == context.id();
    }

    @Override
    public CallPhase phase() {
        return phase;
    }

    @Override
    public boolean isConfiguring() {
        return configuring;
    }

    @Override
    public GuestMemory memory() {
        return memory;
    }

    @Override
    public void keepAllocated(int pointer) {
        throw new UnsupportedOperationException("handlers do not answer plain cases");
    }

    @Override
    public int allocate(int size) {
        assertThat(size).as("size given to the guest's allocator").isPositive();
        allocations.add(size);
        return allocator.applyAsInt(size);
    }

    @Override
    public GuestClock clock() {
        return new GuestClock(clock);
    }

    @Override
    public void log(LogLevel level, String line) {
        log.add(level + " " + line);
    }

    @Override
    public GuestOutput output() {
        return output;
    }

    @Override
    public WarningLog warnings() {
        return warnings;
    }

    @Override
    public LogLevel logLevel() {
        return logLevel;
    }

    @Override
    public void setTickPeriodMillis(long periodMillis) {
        tickPeriodMillis = periodMillis;
    }

    @Override
    public Callouts callouts() {
        return callouts;
    }

    @Override
    public Status done() {
        return awaitsDone ? Status.OK : Status.NOT_FOUND;
    }

    @Override
    public SharedServices shared() {
        return shared;
    }

    @Override
    public GuestNotices notices() {
        return notices;
    }

    @Override
    public <T> T local(Class<T> type, Supplier<T> maker) {
        return type.cast(locals.computeIfAbsent(type, none -> maker.get()));
    }

    @Override
    public List<String> environment() {
        return environment;
    }
}

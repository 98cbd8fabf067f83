package dev.proxywasm.internal.vm;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.abi.AbiVersion;
import dev.proxywasm.abi.LogLevel;
import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.callback.GuestExports;
import dev.proxywasm.internal.callout.Callouts;
import dev.proxywasm.internal.context.Context;
import dev.proxywasm.internal.context.ContextRegistry;
import dev.proxywasm.internal.context.GuestClock;
import dev.proxywasm.internal.engine.GuestMemory;
import dev.proxywasm.internal.engine.HostcallFrame;
import dev.proxywasm.internal.engine.HostcallHandler;
import dev.proxywasm.internal.engine.PlainHostcall;
import dev.proxywasm.internal.engine.WasmInstance;
import dev.proxywasm.internal.fastpath.FastPath;
import dev.proxywasm.internal.fastpath.FastPathHost;
import dev.proxywasm.internal.hostcall.CallPhase;
import dev.proxywasm.internal.hostcall.GuestNotices;
import dev.proxywasm.internal.hostcall.GuestOutput;
import dev.proxywasm.internal.hostcall.HostcallScope;
import dev.proxywasm.internal.hostcall.WarningLog;
import dev.proxywasm.internal.service.SharedServices;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A VM as its guest sees it: where hostcalls arrive, and what they act on. Confined to the VM. */
final class VmScope implements HostcallHandler, HostcallScope {

    /** A few bytes, so that the log sees that it has to cut. */
    private static final int MORE_THAN_A_LINE = 4;

    private final Vm vm;
    private final PluginModule module;
    private final ContextRegistry contexts;
    private final List<String> environment;
    private final HostServices services;
    private final GuestClock clock;
    private final GuestLog log;
    private final GuestOutput output;
    private final WarningLog warnings;
    private final Map<Class<?>, Object> locals = new HashMap<>();
    private CallPhase phase = CallPhase.START;
    private @Nullable WasmInstance instance;
    private @Nullable FastPath fastPath;
    private boolean answersPlainly;
    private boolean hasAllocated;
    private int allocated;

    VmScope(Vm vm, PluginModule module, ContextRegistry contexts, List<String> environment, HostServices services) {
        this.vm = vm;
        this.module = module;
        this.contexts = contexts;
        this.environment = environment;
        this.services = services;
        this.clock = new GuestClock(services.clock());
        this.log = new GuestLog(module.plugin(), contexts::active);
        this.output = new GuestOutput(log::accept, module.plugin().limits().logLineBytes() + MORE_THAN_A_LINE);
        this.warnings = new WarningLog(module.plugin().name(), services.clock());
    }

    @Override
    public void attach(WasmInstance created) {
        instance = created;
        fastPath = new FastPath(
                created,
                module.code().info().importedFunctions(),
                GuestExports.ENTRY_POINTS.size(),
                new FastPathHost(
                        abiVersion(),
                        plugin().limits(),
                        clock,
                        log,
                        output::write,
                        shared().metrics(),
                        !environment.isEmpty()));
    }

    /** The fast path of the attached instance. */
    FastPath fastPath() {
        return attached(fastPath);
    }

    @Override
    public void hostcall(int importIndex, HostcallFrame frame) {
        if (phase == CallPhase.CALLBACK) {
            vm.invoker().onHostcall();
        }
        Context active = contexts.active();
        boolean guarded = active.guard();
        try {
            fastPath().beforeHostcall(importIndex, frame);
            module.hostcalls().dispatch(this, importIndex, frame);
            fastPath().afterHostcall();
        } finally {
            hasAllocated = false; // a handler that found another case has no use for it
            if (guarded) {
                active.unguard();
            }
        }
    }

    @Override
    public @Nullable PlainHostcall plain(int importIndex) {
        PlainHostcall plain = module.hostcalls().plain(this, importIndex);
        return plain == null ? null : arguments -> mayBePlain() ? plain.answer(arguments) : PlainHostcall.NONE;
    }

    private boolean mayBePlain() {
        if (phase != CallPhase.CALLBACK || !answersPlainly) {
            return false;
        }
        vm.invoker().onHostcall();
        return contexts.active().isGuarded();
    }

    /** Decides for an entry whether plain cases are answered on the spot: not where every hostcall is shown. */
    void answerPlainly(boolean value) {
        answersPlainly = value;
    }

    /** Begins to run guest code for another reason; gives the one before. */
    CallPhase enter(CallPhase next) {
        CallPhase before = phase;
        phase = next;
        return before;
    }

    @Override
    public PluginConfig plugin() {
        return module.plugin();
    }

    @Override
    public AbiVersion abiVersion() {
        return module.exports().version();
    }

    @Override
    public Context activeContext() {
        return contexts.active();
    }

    @Override
    public boolean setEffectiveContext(int id) {
        fastPath().suspend();
        return contexts.setEffective(id);
    }

    @Override
    public CallPhase phase() {
        return fastPath().isAllocating() ? CallPhase.ALLOCATION : phase;
    }

    @Override
    public boolean isConfiguring() {
        return vm.isConfiguring();
    }

    @Override
    public WarningLog warnings() {
        return warnings;
    }

    @Override
    public GuestMemory memory() {
        return attached(instance).memory();
    }

    @Override
    public int allocate(int size) {
        if (hasAllocated) {
            hasAllocated = false;
            return allocated;
        }
        if (fastPath().isAllocationRefused()) {
            return fastPath().refusedPointer();
        }
        CallPhase before = enter(CallPhase.ALLOCATION);
        fastPath().setAllocating(true);
        try {
            return attached(instance).allocate(size);
        } finally {
            fastPath().setAllocating(false);
            phase = before;
        }
    }

    @Override
    public void keepAllocated(int pointer) {
        allocated = pointer;
        hasAllocated = true;
    }

    private static <T> T attached(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("a guest calls before its instance was made");
        }
        return part;
    }

    @Override
    public GuestClock clock() {
        return clock;
    }

    @Override
    public void log(LogLevel level, String line) {
        log.accept(level, line);
    }

    @Override
    public GuestOutput output() {
        return output;
    }

    @Override
    public LogLevel logLevel() {
        return log.level();
    }

    @Override
    public void setTickPeriodMillis(long periodMillis) {
        vm.setTickPeriodMillis(periodMillis);
    }

    @Override
    public Status done() {
        return vm.rootIsDone();
    }

    @Override
    public SharedServices shared() {
        return services.shared();
    }

    @Override
    public Callouts callouts() {
        return vm.callouts();
    }

    @Override
    public GuestNotices notices() {
        return vm.notices();
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

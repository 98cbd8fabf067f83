package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.CompiledModule;
import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.engine.InstanceSpec;
import dev.proxywasm.internal.engine.StackRoom;
import dev.proxywasm.internal.engine.WasmInstance;
import dev.proxywasm.internal.engine.shared.HostcallDoor;
import dev.proxywasm.internal.engine.shared.Users;
import dev.proxywasm.internal.wasm.ModuleInfo;
import io.github.kawamuray.wasmtime.WasmFunctionError;
import io.github.kawamuray.wasmtime.WasmtimeException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** A guest and the bridges to it, one for each distinct specification that instances were made with. */
final class WasmtimeModule implements CompiledModule {

    private static final Quota LIVE_IN_PROCESS = new Quota();

    private final NativeEngine engine;
    private final GuestModule guest;
    private final int maxLiveInProcess;
    private final Users users = new Users(this::release);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Map<BridgePlan, BridgeModules> bridges = new ConcurrentHashMap<>();

    /** Takes over the guest and one use of the engine. */
    WasmtimeModule(NativeEngine engine, GuestModule guest, int maxLiveInProcess) {
        this.engine = engine;
        this.guest = guest;
        this.maxLiveInProcess = maxLiveInProcess;
    }

    /** How many instances are alive, of all modules of all engines. */
    static int liveInProcess() {
        return LIVE_IN_PROCESS.taken();
    }

    @Override
    public ModuleInfo info() {
        return guest.source().info();
    }

    @Override
    public String engine() {
        return "wasmtime";
    }

    @Override
    public StackRoom stackRoom() {
        return engine.stackRoom();
    }

    @Override
    public WasmInstance instantiate(InstanceSpec spec) {
        takePlaces();
        return create(spec).started(spec);
    }

    /** Makes an instance that has not run yet; it gives its places back when it is released. */
    private WasmtimeInstance create(InstanceSpec spec) {
        try {
            engine.ticker().start();
            BridgePlan plan = BridgePlan.of(guest.source(), spec);
            BridgeModules bridge = bridges.computeIfAbsent(plan, p -> BridgeModules.compile(engine, p));
            HostcallDoor door = new HostcallDoor(spec.hostcalls(), spec.hostcallsPerEntry());
            BridgeFunction function = new BridgeFunction(door, plan.importArities());
            return new WasmtimeInstance(plan, link(bridge, function), door, engine.ticker(), this::leavePlaces);
        } catch (RuntimeException | Error e) {
            leavePlaces();
            throw e;
        }
    }

    private LinkedGuest link(BridgeModules bridge, BridgeFunction function) {
        try {
            return GuestLinker.link(engine, guest, bridge, function);
        } catch (WasmtimeException | WasmFunctionError e) {
            throw guest.source().notInstantiated(e);
        }
    }

    private void takePlaces() {
        if (closed.get() || !users.add()) {
            throw new IllegalStateException(
                    "module '%s' is closed".formatted(guest.source().name()));
        }
        try {
            takeQuota();
        } catch (EngineException e) {
            users.remove();
            throw e;
        }
    }

    private void takeQuota() {
        if (!LIVE_IN_PROCESS.take(maxLiveInProcess)) {
            throw new EngineException(
                    "module '%s' gets no further instance: %d are alive in this process, over all modules, as many as the engine allows"
                            .formatted(guest.source().name(), maxLiveInProcess));
        }
    }

    private void leavePlaces() {
        LIVE_IN_PROCESS.giveBack();
        users.remove();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            users.remove();
        }
    }

    private void release() {
        bridges.values().forEach(BridgeModules::dispose);
        guest.code().dispose();
        engine.users().remove();
    }
}

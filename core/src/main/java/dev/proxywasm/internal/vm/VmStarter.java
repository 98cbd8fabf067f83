package dev.proxywasm.internal.vm;

import dev.proxywasm.PluginConfig;
import dev.proxywasm.PluginStartException;
import dev.proxywasm.internal.callback.Callback;
import dev.proxywasm.internal.callback.GuestExports;
import dev.proxywasm.internal.callback.StartFunction;
import dev.proxywasm.internal.context.ContextState;
import dev.proxywasm.internal.engine.EngineException;
import dev.proxywasm.internal.engine.GuestCalls;
import dev.proxywasm.internal.engine.WasmTrap;
import dev.proxywasm.internal.hostcall.GuestExit;
import dev.proxywasm.internal.hostcall.GuestViolation;
import java.nio.charset.StandardCharsets;

/**
 * Brings a VM up, in the order of the specification: instantiate, start functions, context_create of the root, vm_start, configure.
 */
final class VmStarter {

    private final Vm vm;
    private final HostServices services;
    private final long deadlineNanos;

    private VmStarter(Vm vm, HostServices services, long deadlineNanos) {
        this.vm = vm;
        this.services = services;
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * Starts a VM that is ready for streams.
     *
     * @throws PluginStartException naming plugin, step and cause
     */
    static Vm start(PluginModule module, HostServices services, VmOwner owner) {
        PluginConfig plugin = module.plugin();
        long deadlineNanos =
                services.nanoTime().getAsLong() + plugin.limits().startTimeout().toNanos();
        Vm vm;
        try {
            vm = new Vm(module, services, owner);
        } catch (EngineException | WasmTrap | GuestViolation | GuestExit refused) {
            throw failure(plugin, "cannot be instantiated", refused);
        }
        vm.lock();
        try {
            new VmStarter(vm, services, deadlineNanos).startOrClose();
            return vm;
        } finally {
            vm.unlock();
        }
    }

    /** Whatever is thrown, nothing is left of a VM that has not started. */
    private void startOrClose() {
        boolean started = false;
        try {
            start();
            started = true;
        } catch (PluginStartException known) {
            throw known;
        } catch (RuntimeException refused) {
            throw failure(vm.plugin(), "did not start", refused);
        } finally {
            if (!started) {
                vm.close();
            }
        }
    }

    private void start() {
        runStartFunctions();
        createRoot();
        PluginConfig plugin = vm.plugin();
        require(Callback.VM_START, plugin.vm().configuration(), "VM configuration");
        require(Callback.CONFIGURE, plugin.configuration(), "plugin configuration");
        vm.markConfigured();
    }

    private void runStartFunctions() {
        GuestExports exports = vm.module().exports();
        if (exports.has(StartFunction.INITIALIZE)) {
            run(StartFunction.INITIALIZE);
            if (exports.has(StartFunction.MAIN)) {
                run(StartFunction.MAIN);
            } else if (exports.has(StartFunction.MAIN_VOID)) {
                run(StartFunction.MAIN_VOID);
            }
        } else if (exports.has(StartFunction.START)) {
            run(StartFunction.START);
        }
    }

    private void run(StartFunction function) {
        GuestCalls call = vm.instance().newCalls();
        call.add(function.entryPoint(), 0, 0, 0, 0, 0);
        try {
            vm.instance().run(call, remainingNanos());
        } catch (GuestExit exit) {
            if (exit.code() != 0) {
                throw failure(vm.plugin(), function.export() + " ended with", exit);
            }
        } catch (WasmTrap | GuestViolation stopped) {
            throw failure(vm.plugin(), function.export() + " trapped", stopped);
        } finally {
            vm.flushOutput();
        }
    }

    private void createRoot() {
        RootContext root = vm.root();
        vm.register(root);
        vm.begin();
        vm.add(Callback.CONTEXT_CREATE, root.id(), 0, 0);
        vm.run(root, remainingNanos());
        root.on(ContextState.Event.CREATE);
    }

    private void require(Callback callback, String configuration, String what) {
        int bytes = configuration.getBytes(StandardCharsets.UTF_8).length;
        vm.begin();
        int place = vm.add(callback, vm.root().id(), bytes, 0);
        vm.run(vm.root(), remainingNanos());
        if (vm.answer(place) == 0) {
            throw new PluginStartException(prefix(vm.plugin()) + "did not start: " + callback.export() + " refused its "
                    + what + " of " + bytes + " bytes; its log says why");
        }
    }

    /** What is left of the time for the whole start; a step that begins when it is over is stopped at once. */
    private long remainingNanos() {
        return Math.max(1, deadlineNanos - services.nanoTime().getAsLong());
    }

    private static PluginStartException failure(PluginConfig plugin, String step, RuntimeException cause) {
        return new PluginStartException(prefix(plugin) + step + ": " + cause.getMessage(), cause);
    }

    private static String prefix(PluginConfig plugin) {
        return "plugin '" + plugin.name() + "' (" + plugin.displayedModule() + "): ";
    }
}

package dev.proxywasm.internal.vm;

import dev.proxywasm.PluginCounter;
import dev.proxywasm.internal.callback.Callback;
import dev.proxywasm.internal.callout.CalloutVm;

/** The way by which answers to callouts come into a VM. */
final class CalloutEntry implements CalloutVm {

    private final Vm vm;
    private final Notices notices;

    CalloutEntry(Vm vm, Notices notices) {
        this.vm = vm;
        this.notices = notices;
    }

    @Override
    public void post(Runnable action) {
        notices.post(entered -> action.run());
    }

    @Override
    public void call(Callback callback, int token, int first, int second, int third) {
        vm.begin();
        vm.add(callback, vm.root().id(), token, first, second, third);
        vm.run(vm.root());
    }

    @Override
    public void count(PluginCounter counter) {
        vm.tally().count(counter);
    }

    @Override
    public void warn(String problem) {
        vm.warn(problem);
    }
}

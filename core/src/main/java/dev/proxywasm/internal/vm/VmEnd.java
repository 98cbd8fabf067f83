package dev.proxywasm.internal.vm;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two ways in which a pool ends a VM, each under the VM's lock; a guest that traps meanwhile has ended as well. */
enum VmEnd {
    /** Tells the root context, which may ask for time. */
    POLITE {
        @Override
        void act(Vm vm) {
            vm.finish();
        }
    },
    /** Ends what is left. */
    FINAL {
        @Override
        void act(Vm vm) {
            vm.deleteRoot();
        }
    };

    private static final Logger LOG = LoggerFactory.getLogger("dev.proxywasm.vm");

    abstract void act(Vm vm);

    void of(Vm vm) {
        vm.lock();
        try {
            act(vm);
        } catch (GuestFailure trapped) {
            LOG.debug("{} ended by a trap", vm, trapped);
        } finally {
            vm.unlock();
        }
    }
}

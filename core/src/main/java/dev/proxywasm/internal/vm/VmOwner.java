package dev.proxywasm.internal.vm;

import java.util.List;

/** Whoever has a VM, as the VM sees it. The notices come under the VM's lock, once a VM. */
interface VmOwner {

    /** The VM trapped. */
    void failed(Vm vm);

    /** The VM ended in order. */
    void closed(Vm vm);

    /** Variables that guests see, as {@code NAME=value}. */
    List<String> environment();
}

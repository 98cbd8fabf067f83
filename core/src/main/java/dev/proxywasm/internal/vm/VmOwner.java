package dev.proxywasm.internal.vm;

import java.util.List;

/** Whoever has a VM, as the VM sees it. The notices come under the VM's lock, once a VM. */
interface VmOwner {

    /** The VM trapped; the message says how. */
    void failed(Vm vm, String message);

    /** The VM ended in order. */
    void closed(Vm vm);

    /** Variables that guests see, as {@code NAME=value}. */
    List<String> environment();

    /** Where the VM counts what it does. */
    Tally tally();
}

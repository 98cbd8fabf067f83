package dev.proxywasm.internal.hostcall;

import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.codec.MalformedMapException;
import dev.proxywasm.internal.engine.GuestMemoryException;
import dev.proxywasm.internal.engine.HostcallFrame;
import dev.proxywasm.internal.wasm.ModuleInfo;
import java.util.List;
import java.util.Set;

/**
 * The functions that one module imports, in import order: the door through which its guests call the host.
 *
 * <p>Immutable; shared by all VMs of a plugin.
 */
public final class LinkedHostcalls {

    private final HostFunction[] functions;

    private LinkedHostcalls(HostFunction[] functions) {
        this.functions = functions;
    }

    /**
     * Finds the row of each imported function. An import that the host does not know, or knows with another type, is linked to a row that
     * stops the guest when it is called and says why: a module that never calls it runs.
     *
     * @param capabilities names of functions that the plugin may use; empty for all
     */
    public static LinkedHostcalls link(ModuleInfo module, Set<String> capabilities) {
        return new LinkedHostcalls(module.importedFunctions().stream()
                .map(imported -> HostcallTable.rowFor(imported, capabilities))
                .toArray(HostFunction[]::new));
    }

    /** The names of imports that stop a guest that calls them. */
    public static List<String> unknownImports(ModuleInfo module) {
        return module.importedFunctions().stream()
                .filter(HostcallTable::isUnknown)
                .map(imported -> imported.module() + "." + imported.name())
                .distinct()
                .toList();
    }

    /**
     * Answers one hostcall.
     *
     * @param importIndex which imported function was called
     * @throws GuestViolation if the function must not be called now, or is unknown
     * @throws GuestExit if the guest ended itself
     */
    public void dispatch(HostcallScope scope, int importIndex, HostcallFrame frame) {
        HostFunction function = functions[importIndex];
        if (scope.phase() != CallPhase.CALLBACK && !function.usableIn().contains(scope.phase())) {
            throw new GuestViolation("calls " + function.name() + " "
                    + (scope.phase() == CallPhase.START ? "in a start function" : "while it allocates memory")
                    + ", where no host allows it");
        }
        GuestCall call = new GuestCall(scope, function, frame);
        try {
            call.checkResultPointers();
            function.handler().handle(call);
        } catch (GuestMemoryException outside) {
            call.returnI32(function.memoryFault());
        } catch (MalformedMapException malformed) {
            call.returnI32(Status.BAD_ARGUMENT.code());
        }
    }
}

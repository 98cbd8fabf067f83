package dev.proxywasm.internal.hostcall;

import dev.proxywasm.internal.codec.MalformedMapException;
import dev.proxywasm.internal.engine.GuestMemoryException;
import dev.proxywasm.internal.engine.HostcallFrame;
import dev.proxywasm.internal.engine.PlainHostcall;
import dev.proxywasm.internal.property.PropertyFailure;
import dev.proxywasm.internal.wasm.Import;
import dev.proxywasm.internal.wasm.ModuleInfo;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The functions that one module imports, in import order: the door through which its guests call the host.
 *
 * <p>Immutable; shared by all VMs of a plugin.
 */
public final class LinkedHostcalls {

    /** By these a guest comes to act on a stream outside of the stream's callbacks: it chooses the context, or is called back in it. */
    private static final Set<String> OUTWARD = Set.of(
            "proxy_set_effective_context",
            "proxy_http_call",
            "proxy_grpc_call",
            "proxy_grpc_stream",
            "proxy_call_foreign_function");

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

    /** Whether guests can act on a stream at other times than in its callbacks. */
    public boolean actOutsideOfCallbacks() {
        return Stream.of(functions).map(HostFunction::name).anyMatch(OUTWARD::contains);
    }

    /** The names of imports that stop a guest that calls them. */
    public static List<String> unknownImports(ModuleInfo module) {
        return module.importedFunctions().stream()
                .filter(HostcallTable::isUnknown)
                .map(imported -> Printable.text(imported.module() + "." + imported.name()))
                .distinct()
                .toList();
    }

    /** Whether the host has an imported function, with its type. */
    public static boolean isKnown(Import imported) {
        return !HostcallTable.isUnknown(imported);
    }

    /** Whether every hostcall is being shown, so that none may be answered elsewhere. */
    public static boolean isTraced() {
        return HostcallTrace.isOn();
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
        CallPhase phase = scope.phase();
        if (!function.isUsableIn(phase)) {
            throw notNow(function, phase);
        }
        GuestCall call = new GuestCall(scope, function, frame);
        if (HostcallTrace.isOn()) {
            traced(call);
        } else {
            answer(call);
        }
    }

    /** What answers an imported function in plain cases, or null if nothing does. For callbacks only, and while {@link #isTraced} is false. */
    public @Nullable PlainHostcall plain(HostcallScope scope, int importIndex) {
        PlainCall.Handler handler = functions[importIndex].plainHandler();
        return handler == null ? null : new PlainCall(scope, handler);
    }

    private static void traced(GuestCall call) {
        HostcallTrace.entered(call);
        try {
            HostcallTrace.answered(call, answer(call));
        } catch (RuntimeException stopped) {
            HostcallTrace.stopped(call, stopped);
            throw stopped;
        }
    }

    /** Answers a call; the result is why it was refused on the door's account, or null. */
    private static @Nullable String answer(GuestCall call) {
        HostFunction function = call.function();
        try {
            call.checkResultPointers();
            function.handler().handle(call);
            return null;
        } catch (GuestMemoryException outside) {
            return refuse(call, function.convention().memoryFault(), outside);
        } catch (MalformedMapException malformed) {
            return refuse(call, function.convention().malformed(), malformed);
        } catch (PropertyFailure failure) {
            return refuse(call, failure.status().code(), failure);
        } catch (Refusal refusal) {
            return refuse(call, refusal.status().code(), refusal);
        }
    }

    private static String refuse(GuestCall call, int answer, RuntimeException why) {
        call.returnI32(answer);
        String message = String.valueOf(why.getMessage());
        call.warn("was refused: " + message);
        return message;
    }

    private static GuestViolation notNow(HostFunction function, CallPhase phase) {
        return new GuestViolation("calls " + function.name() + " "
                + (phase == CallPhase.START ? "in a start function" : "while it allocates memory")
                + ", where no host allows it");
    }
}

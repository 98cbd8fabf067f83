package dev.proxywasm.internal.hostcall;

import dev.proxywasm.abi.AbiVersion;
import dev.proxywasm.abi.Status;
import dev.proxywasm.internal.wasm.FunctionType;
import dev.proxywasm.internal.wasm.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One function that the host offers to guests: a row of the table.
 *
 * @param modules import modules it is offered under
 * @param name import name
 * @param params in order; pointers to results come last, as everywhere in the ABI
 * @param results none or one value
 * @param since the first ABI version that has it
 * @param until the last ABI version that has it
 * @param usableIn when it may be called besides during callbacks
 * @param support what docs say of it
 * @param handler what it does; its answer is the function's result
 */
public record HostFunction(
        List<String> modules,
        String name,
        List<Param> params,
        List<ValueType> results,
        AbiVersion since,
        AbiVersion until,
        Set<CallPhase> usableIn,
        Support support,
        Handler handler) {

    /** The module of all Proxy-Wasm functions. */
    public static final String ENV = "env";

    /** A handler that sets the result itself. */
    @FunctionalInterface
    public interface Handler {
        /** Does the call, its result included. */
        void handle(GuestCall call);
    }

    /** How far a function works. */
    public enum Support {
        /** As the ABI says. */
        FULL,
        /** Answers as documented without doing anything. */
        STUB,
        /** Answers {@link Status#UNIMPLEMENTED}. */
        UNIMPLEMENTED
    }

    /**
     * A parameter.
     *
     * @param name as the specification calls it
     * @param type i32 or i64 (f64 nowhere)
     * @param resultBytes size of the result that it points to, or 0 if it is no pointer to a result
     * @param optional whether a null pointer is accepted and the result dropped
     */
    public record Param(String name, ValueType type, int resultBytes, boolean optional) {}

    /** Begins a row of the Proxy-Wasm module whose result is a status. */
    public static Builder proxy(String name, Hostcall handler) {
        return new Builder(
                List.of(ENV), name, call -> call.returnI32(handler.handle(call).code()));
    }

    /** Begins a row for a Proxy-Wasm function that this host does not have yet. */
    public static Builder unimplemented(String name) {
        return proxy(name, call -> Status.UNIMPLEMENTED).support(Support.UNIMPLEMENTED);
    }

    /** The type under which a module must import it. */
    public FunctionType type() {
        return new FunctionType(params.stream().map(Param::type).toList(), results);
    }

    /** The number of the first parameter that points to a result; the number of parameters if none does. */
    int firstResult() {
        int first = params.size();
        while (first > 0 && params.get(first - 1).resultBytes() > 0) {
            first--;
        }
        return first;
    }

    /** Builds a row; parameters in order. */
    public static final class Builder {
        private final List<String> modules;
        private final String name;
        private final Handler handler;
        private final List<Param> params = new ArrayList<>();
        private List<ValueType> results = List.of(ValueType.I32);
        private AbiVersion since = AbiVersion.V0_1_0;
        private AbiVersion until = AbiVersion.V0_2_1;
        private Set<CallPhase> usableIn = Set.of();
        private Support support = Support.FULL;

        /** A row whose handler sets the result itself. */
        public Builder(List<String> modules, String name, Handler handler) {
            this.modules = modules;
            this.name = name;
            this.handler = handler;
        }

        /** Adds i32 parameters. */
        public Builder in(String... names) {
            for (String param : names) {
                params.add(new Param(param, ValueType.I32, 0, false));
            }
            return this;
        }

        /** Adds i64 parameters. */
        public Builder in64(String... names) {
            for (String param : names) {
                params.add(new Param(param, ValueType.I64, 0, false));
            }
            return this;
        }

        /** Adds pointers to 32-bit results. */
        public Builder out(String... names) {
            return results(4, false, names);
        }

        /** Adds pointers to 64-bit results. */
        public Builder out64(String... names) {
            return results(8, false, names);
        }

        /** Adds pointers to 32-bit results that may be null. */
        public Builder outOptional(String... names) {
            return results(4, true, names);
        }

        /** Sets the result types; without a call, one i32. */
        public Builder returns(ValueType... types) {
            results = List.of(types);
            return this;
        }

        /** Sets the ABI versions that have it; without a call, all. */
        public Builder versions(AbiVersion first, AbiVersion last) {
            since = first;
            until = last;
            return this;
        }

        /** Sets when it may be called besides during callbacks; without a call, never. */
        public Builder usableIn(CallPhase... phases) {
            usableIn = Set.of(phases);
            return this;
        }

        /** Sets what docs say of it; without a call, {@link Support#FULL}. */
        public Builder support(Support value) {
            support = value;
            return this;
        }

        /** The row. */
        public HostFunction build() {
            return new HostFunction(modules, name, List.copyOf(params), results, since, until, usableIn, support, handler);
        }

        private Builder results(int bytes, boolean optional, String... names) {
            for (String param : names) {
                params.add(new Param(param, ValueType.I32, bytes, optional));
            }
            return this;
        }
    }
}

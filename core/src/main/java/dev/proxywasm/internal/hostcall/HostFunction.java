package dev.proxywasm.internal.hostcall;

import dev.proxywasm.abi.AbiVersion;
import dev.proxywasm.internal.wasm.FunctionType;
import dev.proxywasm.internal.wasm.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One function that the host offers to guests: a row of the table. Immutable. */
public final class HostFunction {

    /** The module of all Proxy-Wasm functions. */
    public static final String ENV = "env";

    private final List<String> modules;
    private final String name;
    private final List<Parameter> params;
    private final List<ValueType> results;
    private final AbiVersion since;
    private final AbiVersion until;
    private final Set<CallPhase> usableIn;
    private final Support support;
    private final String note;
    private final Convention convention;
    private final Handler handler;
    private final PlainCall.@Nullable Handler plainHandler;
    private final int firstResult;

    private HostFunction(Builder row) {
        modules = row.modules;
        name = row.name;
        params = List.copyOf(row.params);
        results = row.results;
        since = row.since;
        until = row.until;
        usableIn = row.usableIn;
        support = row.support;
        note = row.note;
        convention = row.convention;
        handler = row.handler;
        plainHandler = row.plainHandler;
        firstResult =
                (int) params.stream().takeWhile(param -> !param.isResult()).count();
    }

    /** A handler that sets the function's result itself. */
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
        STUB
    }

    /** Begins a row of the Proxy-Wasm module whose result is a status. */
    static Builder proxy(String name, Hostcall handler) {
        Handler answering = call -> call.returnI32(handler.handle(call).code());
        return new Builder(List.of(ENV), name, Convention.STATUS, answering);
    }

    /** Import modules that it is offered under. */
    public List<String> modules() {
        return modules;
    }

    /** Import name. */
    public String name() {
        return name;
    }

    /** The first module and the name, as messages show them. */
    public String qualifiedName() {
        return modules.get(0) + "." + name;
    }

    /** Parameters in order; pointers to results come last, as everywhere in the ABI. */
    public List<Parameter> params() {
        return params;
    }

    /** None or one value. */
    public List<ValueType> results() {
        return results;
    }

    /** The first ABI version that has it. Every version is offered it. */
    public AbiVersion since() {
        return since;
    }

    /** The last ABI version that has it. Every version is offered it. */
    public AbiVersion until() {
        return until;
    }

    /** Whether it may be called in that phase. */
    public boolean isUsableIn(CallPhase phase) {
        return phase == CallPhase.CALLBACK || usableIn.contains(phase);
    }

    /** How far it works. */
    public Support support() {
        return support;
    }

    /** What a user should know of it, one sentence of documentation; may be empty. */
    public String note() {
        return note;
    }

    /** What its result means. */
    public Convention convention() {
        return convention;
    }

    /** What it does. */
    public Handler handler() {
        return handler;
    }

    /** What it does in plain cases, or null if it has none. */
    PlainCall.@Nullable Handler plainHandler() {
        return plainHandler;
    }

    /** The type under which a module must import it. */
    public FunctionType type() {
        return new FunctionType(params.stream().map(Parameter::type).toList(), results);
    }

    /** The number of the first parameter that points to a result; the number of parameters if none does. */
    int firstResult() {
        return firstResult;
    }

    /** The same function with another handler, usable at all times. */
    HostFunction handledBy(Handler other) {
        Builder row = new Builder(modules, name, convention, other).returns(results);
        row.params.addAll(params);
        return row.versions(since, until)
                .usableIn(CallPhase.values())
                .support(support)
                .build();
    }

    @Override
    public String toString() {
        return qualifiedName() + type();
    }

    /** Builds a row; parameters in order. */
    static final class Builder {
        private final List<String> modules;
        private final String name;
        private final Convention convention;
        private final Handler handler;
        private final List<Parameter> params = new ArrayList<>();
        private List<ValueType> results = List.of(ValueType.I32);
        private AbiVersion since = AbiVersion.V0_1_0;
        private AbiVersion until = AbiVersion.V0_2_1;
        private Set<CallPhase> usableIn = Set.of();
        private Support support = Support.FULL;
        private String note = "";
        private PlainCall.@Nullable Handler plainHandler;

        Builder(List<String> modules, String name, Convention convention, Handler handler) {
            this.modules = modules;
            this.name = name;
            this.convention = convention;
            this.handler = handler;
        }

        /** Adds i32 numbers. */
        Builder in(String... names) {
            for (String param : names) {
                params.add(new Parameter(param, ValueType.I32, Parameter.Role.NUMBER, 0, false));
            }
            return this;
        }

        /** Adds i64 numbers. */
        Builder in64(String... names) {
            for (String param : names) {
                params.add(new Parameter(param, ValueType.I64, Parameter.Role.NUMBER, 0, false));
            }
            return this;
        }

        /** Adds {@code <name>_data} and {@code <name>_size}: a text that a trace may show. */
        Builder text(String param) {
            return bytes(param, Parameter.Role.TEXT);
        }

        /** Adds {@code <name>_data} and {@code <name>_size}: bytes that a trace must not show. */
        Builder opaque(String param) {
            return bytes(param, Parameter.Role.OPAQUE);
        }

        /** Adds pointers to 32-bit results. */
        Builder out(String... names) {
            return results(4, false, names);
        }

        /** Adds pointers to 64-bit results. */
        Builder out64(String... names) {
            return results(8, false, names);
        }

        /** Adds a pointer to a result of that size. */
        Builder outStruct(String param, int bytes) {
            return results(bytes, false, param);
        }

        /** Adds {@code return_<name>_data} and {@code return_<name>_size}: bytes that the host returns. */
        Builder outBytes(String param) {
            return out("return_" + param + "_data", "return_" + param + "_size");
        }

        /** As {@link #outBytes}, where null pointers are accepted and the result is dropped. */
        Builder outOptionalBytes(String param) {
            return results(4, true, "return_" + param + "_data", "return_" + param + "_size");
        }

        /** Sets the result types; without a call, one i32. */
        Builder returns(List<ValueType> types) {
            results = types;
            return this;
        }

        /** Sets the ABI versions that have it; without a call, all. */
        Builder versions(AbiVersion first, AbiVersion last) {
            since = first;
            until = last;
            return this;
        }

        /** Sets when it may be called besides during callbacks; without a call, never. */
        Builder usableIn(CallPhase... phases) {
            usableIn = Set.of(phases);
            return this;
        }

        /** Sets how far it works; without a call, {@link Support#FULL}. */
        Builder support(Support value) {
            support = value;
            return this;
        }

        /** Sets what a user should know of it. */
        Builder note(String sentence) {
            note = sentence;
            return this;
        }

        /** Sets what it does in plain cases. */
        Builder plainly(PlainCall.Handler value) {
            plainHandler = value;
            return this;
        }

        /** The row. */
        HostFunction build() {
            return new HostFunction(this);
        }

        private Builder bytes(String param, Parameter.Role role) {
            params.add(new Parameter(param + "_data", ValueType.I32, role, 0, false));
            params.add(new Parameter(param + "_size", ValueType.I32, Parameter.Role.SIZE, 0, false));
            return this;
        }

        private Builder results(int bytes, boolean optional, String... names) {
            for (String param : names) {
                params.add(new Parameter(param, ValueType.I32, Parameter.Role.RESULT, bytes, optional));
            }
            return this;
        }
    }
}

package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.SandboxCode;
import dev.proxywasm.internal.wasm.FunctionType;
import dev.proxywasm.internal.wasm.ValueType;
import java.util.List;

/** Writes H, the module that the guest's imports are bound to: {@code host.wat} with a trampoline for each import. */
final class HostModule {

    private final BridgePlan plan;
    private final StringBuilder trampolines = new StringBuilder();

    private HostModule(BridgePlan plan) {
        this.plan = plan;
    }

    /** H for a plan, as WebAssembly text. */
    static byte[] wat(BridgePlan plan) {
        return new HostModule(plan).write();
    }

    private byte[] write() {
        plan.imports().stream()
                .filter(function -> !plan.isServedInSandbox(function))
                .forEach(function -> trampoline(
                        "(export \"%s\")".formatted(plan.hostExport(function)), function.index(), function.type()));
        SandboxCode sandbox = plan.sandbox();
        sandbox.imports().forEach(this::fallback);
        return new WatTemplate("host.wat")
                .with(Mailbox.constants(sandbox.regionBytes()))
                .with(LensTable.constants())
                .with("TRAMPOLINES", trampolines.toString())
                .with("SANDBOX_CODE", sandbox.wat())
                .fill();
    }

    /** What sandbox code calls to have Java answer; the guest cannot reach one that it does not import. */
    private void fallback(String name, FunctionType type) {
        String id = "$cross:" + name;
        plan.servedImports(name)
                .findFirst()
                .ifPresentOrElse(
                        function -> trampoline(id, function.index(), type), () -> function(id, type, "(unreachable)"));
    }

    private void trampoline(String head, int opcode, FunctionType type) {
        StringBuilder body = new StringBuilder();
        body.append("(i32.store (i32.const %d) (i32.const %d))".formatted(Mailbox.OPCODE, opcode));
        List<ValueType> params = type.params();
        for (int i = 0; i < params.size(); i++) {
            body.append(" (%s.store (i32.const %d) (local.get %d))"
                    .formatted(params.get(i).watName(), Mailbox.argumentOffset(i), i));
        }
        body.append(" (call $host)");
        for (ValueType result : type.results()) {
            body.append(" (%s.load (i32.const %d))".formatted(result.watName(), Mailbox.RESULT));
        }
        function(head, type, body.toString());
    }

    private void function(String head, FunctionType type, String body) {
        trampolines.append("(func ").append(head);
        type.params()
                .forEach(param ->
                        trampolines.append(" (param ").append(param.watName()).append(')'));
        type.results()
                .forEach(result ->
                        trampolines.append(" (result ").append(result.watName()).append(')'));
        trampolines.append(' ').append(body).append(")\n  ");
    }
}

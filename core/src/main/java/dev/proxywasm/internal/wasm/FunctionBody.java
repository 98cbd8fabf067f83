package dev.proxywasm.internal.wasm;

/** Looks at the one part of function bodies by which a few bytes can ask for much memory. */
final class FunctionBody {

    /** As many as browsers allow. */
    static final int MAX_LOCALS = 50_000;

    private FunctionBody() {}

    /** Passes over the locals of a body and gives their number; refuses more of them than any engine takes. */
    static int skipLocals(ByteCursor body) {
        long locals = 0;
        int groups = body.count("groups of locals", 2);
        for (int i = 0; i < groups; i++) {
            int start = body.position();
            locals += body.u32("a number of locals");
            if (locals > MAX_LOCALS) {
                throw body.malformed(start, "a function has more than %d locals".formatted(MAX_LOCALS));
            }
            TypeReader.valueType(body);
        }
        return (int) locals;
    }
}

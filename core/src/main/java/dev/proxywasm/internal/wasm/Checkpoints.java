package dev.proxywasm.internal.wasm;

import java.util.List;

/**
 * Puts a call of an empty function before each operation that may take as long as a memory or table is large. An engine that looks at loops and
 * calls whether a guest's time is up then looks there too, and a function of nothing but such operations does not outlive its time.
 *
 * <p>A call and not a loop: what the native engine needs to compile a function grows with the square of the loops in it, but not of the calls.
 *
 * <p>Not where the number of bytes is a constant of less than 1 KiB, as compilers for the most part write them: those take no longer than as
 * much code of other instructions.
 *
 * <p>The empty function, and its type if the module has none like it, come behind all others, so that no index changes. Offsets in the code
 * do, which matter to debuggers alone. Used once.
 */
public final class Checkpoints {

    private static final int CALL = 0x10;
    private static final FunctionType EMPTY_TYPE = ModuleParser.START_TYPE;
    private static final byte[] EMPTY_BODY = {0, 0x0B};

    private final byte[] module;
    private final ModuleInfo info;
    private final List<Section> sections;
    private final List<FunctionType> functions;
    private final ByteWriter code = new ByteWriter();
    private int copied;
    private long costs;
    private byte[] checkpoint = {};

    private Checkpoints(byte[] module, ParsedModule parsed) {
        this.module = module;
        this.info = parsed.info();
        this.sections = parsed.sections();
        this.functions = parsed.functions();
    }

    /**
     * The module with its checkpoints; the very array if it needs none.
     *
     * @throws MalformedModuleException if the bytes are no module, or an instruction is not one that the native engine takes; names the function
     * @throws ModuleLimitException if a function, or all together, are too complex to be compiled safely: see {@link FunctionCost}
     */
    public static byte[] insert(byte[] module) {
        return new Checkpoints(module, ModuleParser.parse(module)).insert();
    }

    private byte[] insert() {
        for (Section section : sections) {
            if (section.id() == SectionId.CODE && writeCode(section)) {
                return write();
            }
        }
        return module;
    }

    /** Writes the contents of the code section if they change, and tells whether they do. */
    private boolean writeCode(Section section) {
        ByteCursor cursor = section.cursor(module);
        int bodies = cursor.count("function bodies", 2);
        copied = cursor.position();
        int index = info.importedFunctions().size();
        checkpoint = new ByteWriter().u8(CALL).u32((long) index + bodies).toByteArray();
        code.u32(bodies + 1L);
        int unchanged = copied;
        for (int i = 0; i < bodies; i++) {
            int start = cursor.position();
            long size = cursor.u32("the size of a function body");
            int function = index + i;
            writeBody(function, start, cursor.part(size, "a function body", "body of function " + function));
        }
        requireSimple();
        if (copied == unchanged) {
            return false;
        }
        code.bytes(module, copied, section.end()).u32(EMPTY_BODY.length).bytes(EMPTY_BODY);
        return true;
    }

    /** Writes a body if it changes, and what stands before it and did not. */
    private void writeBody(int function, int start, ByteCursor body) {
        int from = body.position();
        FunctionCost cost = cost(function, FunctionBody.skipLocals(body));
        ByteWriter changed = null;
        boolean few = false;
        while (body.remaining() > 0) {
            int at = body.position();
            int opcode = Instructions.next(body);
            cost.add(opcode, at, body.position());
            requireSimple(cost, function);
            if (Instructions.isBulkOperation(opcode) && !(few && Instructions.countsBytes(opcode))) {
                changed = (changed == null ? new ByteWriter() : changed)
                        .bytes(module, from, at)
                        .bytes(checkpoint);
                from = at;
            }
            few = opcode == Instructions.I32_CONST && isFew(at + 1, body.position());
        }
        costs += cost.total();
        if (changed != null) {
            byte[] bytes = changed.bytes(module, from, body.position()).toByteArray();
            code.bytes(module, copied, start).u32(bytes.length).bytes(bytes);
            copied = body.position();
        }
    }

    private static void requireSimple(FunctionCost cost, int function) {
        if (cost.total() > FunctionCost.MAX) {
            throw new ModuleLimitException(
                    "function %d is too complex to be compiled: it comes to more than %d values (estimated); split it up"
                            .formatted(function, FunctionCost.MAX));
        }
    }

    private void requireSimple() {
        long max = FunctionCost.maxOfModule(info.codeBytes());
        if (costs > max) {
            throw new ModuleLimitException(
                    "the functions of the module are too complex to be compiled: together they come to %d values (estimated), at most %d are allowed"
                            .formatted(costs, max));
        }
    }

    private FunctionCost cost(int function, int locals) {
        int parameters = functions.get(function).params().size();
        return new FunctionCost(module, info.types(), functions, parameters + locals);
    }

    /** Whether a constant is at least 0 and less than 1024. Its bytes hold seven bits each, and the highest one of all is the sign. */
    private boolean isFew(int from, int to) {
        return switch (to - from) {
            case 1 -> module[from] < 0x40;
            case 2 -> module[from + 1] >= 0 && module[from + 1] < 1024 >> 7;
            default -> false;
        };
    }

    private byte[] write() {
        int known = info.types().indexOf(EMPTY_TYPE);
        int type = known < 0 ? info.types().size() : known;
        SectionWriter out = new SectionWriter(module);
        for (Section section : sections) {
            if (section.id() == SectionId.CODE) {
                out.add(SectionId.CODE, code);
            } else if (section.id() == SectionId.FUNCTION) {
                out.copy(section, Edit.appending(module, section, new ByteWriter().u32(type)));
            } else if (section.id() == SectionId.TYPE && known < 0) {
                out.copy(section, Edit.appending(module, section, new ByteWriter().functionType(EMPTY_TYPE)));
            } else {
                out.copy(section, List.of());
            }
        }
        return out.toByteArray();
    }
}

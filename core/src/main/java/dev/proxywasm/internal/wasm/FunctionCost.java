package dev.proxywasm.internal.wasm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Estimates what it takes to compile a function, instruction by instruction, so that one can be refused which would take the native compiler
 * minutes, or more values than it can number: then it ends the process.
 *
 * <p>The unit is a value, for which the compiler has to find a register. It can number two million of them, and its time grows with the square of
 * what it has to keep at once, of loops, and of loops inside each other.
 */
final class FunctionCost {

    /** Of one function: half of what the compiler can number, since this is an estimate, and five times the largest one of the go command. */
    static final long MAX = 1_000_000;

    /** Of a module: twenty such functions, and thrice what usual code comes to for each byte. */
    private static final long MAX_OF_MODULE = 20 * MAX;

    private static final int MAX_OF_BYTE = 8;

    private static final int OF_INSTRUCTION = 4;
    private static final int OF_LONG_INSTRUCTION = 32;

    /** How many instructions one value is kept over, at the cost of another one; and how many branches and blocks each further one finds. */
    private static final int PER_VALUE = 64;

    private static final int PER_BRANCH = 32;
    private static final int PER_SCOPE = 512;

    /** A block, loop or branch that has begun and not ended. */
    private record Scope(int opcode, int depth, FunctionType type, long setsBefore) {}

    private final byte[] module;
    private final List<FunctionType> types;
    private final List<FunctionType> functions;
    private final Deque<Scope> scopes = new ArrayDeque<>();
    private final int locals;
    private int depth;
    private int loops;
    private long branches;
    private long sets;
    private long kept;
    private long cost;

    /**
     * Of a function that has begun.
     *
     * @param types those of the module
     * @param functions the types of its functions
     * @param locals parameters included
     */
    FunctionCost(byte[] module, List<FunctionType> types, List<FunctionType> functions, int locals) {
        this.module = module;
        this.types = types;
        this.functions = functions;
        this.locals = locals;
    }

    /** The values that have been added so far. */
    long total() {
        return cost + kept / PER_VALUE;
    }

    /** The most that a module of so many bytes of code may come to. */
    static long maxOfModule(int codeBytes) {
        return MAX_OF_MODULE + (long) MAX_OF_BYTE * codeBytes;
    }

    /** How many operands there are now. */
    int depth() {
        return depth;
    }

    /** Adds an instruction, which stands at {@code at}, with what follows it up to {@code end}. */
    void add(int opcode, int at, int end) {
        cost += isLong(opcode) ? OF_LONG_INSTRUCTION : OF_INSTRUCTION;
        switch (opcode) {
            case 0x02, 0x03, 0x04 -> begin(opcode, blockType(at + 1, end));
            case 0x05 -> turn();
            case 0x0E -> branchByTable(at + 1, end);
            case 0x0B -> end();
            case 0x10 -> call(typeAt(functions, at + 1, end), 0);
            case 0x11 -> call(typeAt(types, at + 1, end), 1);
            case 0x21, 0x22 -> {
                sets++;
                move(StackEffects.of(opcode));
            }
            default -> move(StackEffects.of(opcode));
        }
        kept += depth + locals;
    }

    /** Whether the compiler makes much of an instruction. */
    private static boolean isLong(int opcode) {
        return switch (opcode) {
            case 0x03, 0x11, 0x25, 0x26, 0x40 -> true;
            default -> opcode > 0xFF;
        };
    }

    /** Code that is not reached may take more than there is. */
    private void move(int effect) {
        depth = Math.max(0, depth + effect);
    }

    private void begin(int opcode, FunctionType type) {
        pass(type);
        if (opcode == 0x04) {
            move(-1);
        }
        if (opcode == 0x03) {
            loops++;
            cost += (long) loops * (locals + depth);
        }
        if (opcode != 0x02) {
            branches++;
        }
        cost += branches / PER_BRANCH + scopes.size() / PER_SCOPE;
        scopes.push(new Scope(opcode, Math.max(0, depth - type.params().size()), type, sets));
    }

    /** To each of its labels there is a way of its own, on which no more values go than there are. */
    private void branchByTable(int from, int end) {
        long labels = 1 + new ByteCursor(module, from, end, "code section").u32("the number of labels");
        cost += labels * (1 + depth);
        move(StackEffects.of(0x0E));
    }

    /** The other arm of a branch. */
    private void turn() {
        Scope scope = scopes.peek();
        if (scope != null) {
            depth = scope.depth() + scope.type().params().size();
        }
    }

    /** Where a block ends, the values of what was set in it may come from several places. */
    private void end() {
        Scope scope = scopes.poll();
        if (scope == null) {
            return;
        }
        cost += OF_INSTRUCTION * Math.min(locals, sets - scope.setsBefore());
        depth = scope.depth() + scope.type().results().size();
        if (scope.opcode() == 0x03) {
            loops--;
        }
    }

    /** A call, whose callee is {@code more} of the operands. */
    private void call(FunctionType type, int more) {
        pass(type);
        move(-type.params().size() - more);
        move(type.results().size());
    }

    /** Parameters and results, each of which is a value. */
    private void pass(FunctionType type) {
        cost += OF_INSTRUCTION * (long) (type.params().size() + type.results().size());
    }

    private FunctionType blockType(int from, int end) {
        if (end - from == 1) {
            int form = module[from] & 0xFF;
            if (form == 0x40) {
                return ModuleParser.START_TYPE;
            }
            if (form > 0x40) {
                return new FunctionType(List.of(), List.of(ValueType.I32));
            }
        }
        return typeAt(types, from, end);
    }

    /** What an index in the code refers to. That there is such a thing, the compiler will check. */
    private FunctionType typeAt(List<FunctionType> all, int from, int end) {
        long index = new ByteCursor(module, from, end, "code section").u32("an index");
        return index < all.size() ? all.get((int) index) : ModuleParser.START_TYPE;
    }
}

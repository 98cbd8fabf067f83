package dev.proxywasm.internal.engine;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;

/**
 * Makes classes with one large frame, which no compiler of a language would make:
 *
 * <pre>{@code
 * final class StackClaims implements Runnable {
 *     public void run() {    // with that many local variables
 *         touch();           // without a call, compilers make sure of nothing
 *     }
 *     static void touch() {}
 * }
 * }</pre>
 *
 * <p>Both methods are too long to be compiled into their callers, whose frames would become the ones that are made sure of.
 */
final class StackClaim {

    private static final int SLOT_BYTES = 8;

    /** As many local variables as a method may have, less {@code this}. */
    static final int MAX_BYTES = 0xFFFE * SLOT_BYTES;

    /** More instructions than HotSpot's compilers take into a caller. */
    private static final int NEVER_INLINED = 400;

    private static final int JAVA_17 = 61;

    private static final int PUBLIC = 0x0001;
    private static final int STATIC = 0x0008;
    private static final int FINAL = 0x0010;
    private static final int SUPER = 0x0020;
    private static final int SYNTHETIC = 0x1000;

    private static final int NOP = 0x00;
    private static final int ALOAD_0 = 0x2A;
    private static final int RETURN = 0xB1;
    private static final int INVOKESPECIAL = 0xB7;
    private static final int INVOKESTATIC = 0xB8;

    // The constants of a class, by their numbers.
    private static final int THIS_CLASS = 2;
    private static final int OBJECT = 4;
    private static final int RUNNABLE = 6;
    private static final int NO_ARGUMENTS = 7;
    private static final int CODE = 8;
    private static final int INIT = 9;
    private static final int RUN = 10;
    private static final int TOUCH = 11;
    private static final int OBJECT_INIT = 13;
    private static final int THIS_TOUCH = 15;
    private static final int CONSTANTS = 15;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private StackClaim() {}

    /** A task that does nothing with so many bytes of local variables. */
    static Runnable of(int bytes) {
        if (bytes < 0 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "at most " + MAX_BYTES + " bytes of stack can be claimed, but not " + bytes);
        }
        try {
            byte[] binary = new StackClaim().binary(1 + bytes / SLOT_BYTES);
            MethodHandles.Lookup made = MethodHandles.lookup().defineHiddenClass(binary, true);
            return (Runnable) made.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a class of our own making cannot be defined", e);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private byte[] binary(int locals) throws IOException {
        out.writeInt(0xCAFEBABE);
        out.writeInt(JAVA_17);
        constants();
        shorts(FINAL | SUPER | SYNTHETIC, THIS_CLASS, OBJECT, 1, RUNNABLE);
        int fields = 0;
        int methods = 3;
        shorts(fields, methods);
        method(0, INIT, 1, 1, ALOAD_0, INVOKESPECIAL, 0, OBJECT_INIT, RETURN);
        method(PUBLIC, RUN, 0, locals, notInlined(INVOKESTATIC, 0, THIS_TOUCH, RETURN));
        method(STATIC, TOUCH, 0, 0, notInlined(RETURN));
        int attributes = 0;
        shorts(attributes);
        return bytes.toByteArray();
    }

    private void constants() throws IOException {
        shorts(CONSTANTS + 1);
        text(StackClaim.class.getName().replace('.', '/') + "s");
        constant(7, 1);
        text("java/lang/Object");
        constant(7, 3);
        text("java/lang/Runnable");
        constant(7, 5);
        text("()V");
        text("Code");
        text("<init>");
        text("run");
        text("touch");
        constant(12, INIT, NO_ARGUMENTS);
        constant(10, OBJECT, 12);
        constant(12, TOUCH, NO_ARGUMENTS);
        constant(10, THIS_CLASS, 14);
    }

    private void text(String value) throws IOException {
        out.writeByte(1);
        out.writeUTF(value);
    }

    private void constant(int tag, int... references) throws IOException {
        out.writeByte(tag);
        shorts(references);
    }

    private static int[] notInlined(int... code) {
        int[] longer = new int[NEVER_INLINED + code.length];
        Arrays.fill(longer, NOP);
        System.arraycopy(code, 0, longer, NEVER_INLINED, code.length);
        return longer;
    }

    private void method(int access, int name, int stack, int locals, int... code) throws IOException {
        int codeAttributes = 1;
        shorts(access, name, NO_ARGUMENTS, codeAttributes, CODE);
        out.writeInt(12 + code.length);
        shorts(stack, locals);
        out.writeInt(code.length);
        for (int instruction : code) {
            out.writeByte(instruction);
        }
        int handlers = 0;
        int attributes = 0;
        shorts(handlers, attributes);
    }

    private void shorts(int... values) throws IOException {
        for (int value : values) {
            out.writeShort(value);
        }
    }
}

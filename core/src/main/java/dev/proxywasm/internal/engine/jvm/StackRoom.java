package dev.proxywasm.internal.engine.jvm;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Sees to it that a hostcall has stack enough.
 *
 * <p>A guest chooses how deep it calls the host. Were it to choose a depth at which a hostcall runs out of stack between taking a lock and
 * what releases it, the lock would be lost to the whole application. So before each hostcall a method is called that has {@value #BYTES}
 * bytes of local variables and does nothing: the JVM makes sure of a method's whole frame, also of the one that it would need if it fell
 * back to the interpreter, before the method begins. It costs a few writes, one a page.
 */
final class StackRoom {

    /** More than the first line needs that a JVM logs, for which it loads and links classes: 32 KiB were too few, 48 KiB enough. */
    static final int BYTES = 64 * 1024;

    private static final int SLOT_BYTES = 8;

    /** More than the compiler takes into a caller, whose frame is its own. */
    private static final int NEVER_INLINED = 400;

    private static final MethodHandle REQUIRE = define();

    private StackRoom() {}

    /**
     * Returns if there is room.
     *
     * @throws StackOverflowError if there is not; nothing has been done then
     */
    static void require() {
        try {
            REQUIRE.invokeExact();
        } catch (StackOverflowError full) {
            throw full;
        } catch (Throwable impossible) {
            throw new IllegalStateException("the method is empty", impossible);
        }
    }

    private static MethodHandle define() {
        ClassWriter writer = new ClassWriter(0);
        String name = StackRoom.class.getName().replace('.', '/') + "Probe";
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC, name, null, "java/lang/Object", null);
        addMethod(
                writer,
                "touch",
                code -> {
                    for (int i = 0; i < NEVER_INLINED; i++) {
                        code.visitInsn(Opcodes.NOP);
                    }
                },
                0);
        addMethod(
                writer,
                "require",
                code -> code.visitMethodInsn(Opcodes.INVOKESTATIC, name, "touch", "()V", false),
                BYTES / SLOT_BYTES);
        writer.visitEnd();
        return lookUp(writer.toByteArray());
    }

    private static void addMethod(
            ClassWriter writer, String name, java.util.function.Consumer<MethodVisitor> body, int locals) {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, name, "()V", null, null);
        code.visitCode();
        body.accept(code);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, locals);
        code.visitEnd();
    }

    private static MethodHandle lookUp(byte[] bytecode) {
        try {
            MethodHandles.Lookup probe = MethodHandles.lookup().defineHiddenClass(bytecode, true);
            return probe.findStatic(probe.lookupClass(), "require", MethodType.methodType(void.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a class of our own making cannot be defined", e);
        }
    }
}

package dev.proxywasm.internal.engine.jvm;

import java.util.List;

/** The optional library that translates guests. Names none of its classes, so that it can be asked where they are missing. */
public final class Translator {

    /** What to add to an application to have it. */
    public static final String DEPENDENCY = "run.endive:compiler";

    /** One class of each jar: another library has one of the same name, and where jars are copied into one folder, one is lost. */
    private static final List<String> PARTS = List.of(
            "run.endive.compiler.MachineFactoryCompiler",
            "run.endive.runtime.Instance",
            "run.endive.wasm.WasmEngineException",
            "org.objectweb.asm.ClassWriter");

    private Translator() {}

    /** Whether it is on the class path; without it {@link JvmEngine} cannot even be loaded. */
    public static boolean isPresent() {
        return PARTS.stream().allMatch(Translator::isPresent);
    }

    private static boolean isPresent(String name) {
        try {
            Class.forName(name, false, Translator.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }
}

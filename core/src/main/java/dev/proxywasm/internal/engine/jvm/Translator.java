package dev.proxywasm.internal.engine.jvm;

/** The optional library that translates guests. Names none of its classes, so that it can be asked where they are missing. */
public final class Translator {

    /** What to add to an application to have it. */
    public static final String DEPENDENCY = "run.endive:compiler";

    private Translator() {}

    /** Whether it is on the class path; without it {@link JvmEngine} cannot even be loaded. */
    public static boolean isPresent() {
        try {
            Class.forName("run.endive.compiler.MachineFactoryCompiler", false, Translator.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }
}

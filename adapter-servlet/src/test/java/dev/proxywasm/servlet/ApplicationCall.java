package dev.proxywasm.servlet;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A call that an application, which is a lambda of a test, makes into the server.
 *
 * @param where the place in its code
 * @param depth how many frames lie below it
 */
record ApplicationCall(Thread thread, String where, int depth) {

    /** The innermost one that is under way on this thread; null if there is none. */
    static @Nullable ApplicationCall underWay() {
        List<StackFrame> frames = StackWalker.getInstance().walk(all -> all.collect(Collectors.toList()));
        for (int i = 0; i < frames.size(); i++) {
            StackFrame frame = frames.get(i);
            if (frame.getClassName().endsWith("Contract")) {
                String where = frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getByteCodeIndex();
                return new ApplicationCall(Thread.currentThread(), where, frames.size() - i);
            }
        }
        return null;
    }
}

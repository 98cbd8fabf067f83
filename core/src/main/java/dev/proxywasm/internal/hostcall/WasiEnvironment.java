package dev.proxywasm.internal.hostcall;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.proxywasm.internal.engine.GuestMemory;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** The variables that a guest sees, laid out as {@code NAME=value\0}, one after the other. */
final class WasiEnvironment {

    private static final int POINTER_BYTES = 4;

    private WasiEnvironment() {}

    /** Returns how many there are, and how many bytes they take. */
    static Errno sizes(GuestCall call) {
        call.returnU32(0, call.scope().environment().size());
        call.returnU32(1, layOut(call.scope().environment()).length);
        return Errno.SUCCESS;
    }

    /** Writes the variables to parameter 1, and the address of each to parameter 0. */
    static Errno get(GuestCall call) {
        List<String> variables = call.scope().environment();
        byte[] text = layOut(variables);
        int array = call.i32(0);
        int buffer = call.i32(1);
        call.checkRange(array, POINTER_BYTES * variables.size());
        call.checkRange(buffer, text.length);
        GuestMemory memory = call.memory();
        memory.write(buffer, text, 0, text.length);
        int at = buffer;
        for (int i = 0; i < variables.size(); i++) {
            memory.writeI32(array + POINTER_BYTES * i, at);
            at += variables.get(i).getBytes(UTF_8).length + 1;
        }
        return Errno.SUCCESS;
    }

    private static byte[] layOut(List<String> variables) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (String variable : variables) {
            text.writeBytes(variable.getBytes(UTF_8));
            text.write(0);
        }
        return text.toByteArray();
    }
}

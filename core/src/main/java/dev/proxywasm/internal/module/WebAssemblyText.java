package dev.proxywasm.internal.module;

import dev.proxywasm.internal.module.Wat2Wasm.Translation;
import dev.proxywasm.internal.module.source.ModuleException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Translates the text format to the binary one, by a library that need not be there. */
public final class WebAssemblyText {

    private static final int MAX_BYTES = 8 * 1024 * 1024;
    private static final int SHOWN_ERRORS = 3;
    private static final String CURE = "; translate it with wat2wasm, and name the result";

    /** A line of wat2wasm, which calls its standard input "-" and adds the source line below. */
    private static final Pattern ERROR = Pattern.compile("^-:(\\d+:\\d+): error: (.*)$", Pattern.MULTILINE);

    private static final Pattern COLOUR = Pattern.compile("\u001B\\[[0-9;]*m");

    private WebAssemblyText() {}

    /**
     * The binary module.
     *
     * @throws ModuleException with line and column of the first errors, or because the library is absent
     */
    public static byte[] translate(byte[] text) throws ModuleException {
        if (text.length > MAX_BYTES) {
            throw new ModuleException("is WebAssembly text of " + text.length + " bytes, more than 8 MiB" + CURE);
        }
        Translation translation = run(text);
        if (translation.exitCode() != 0) {
            throw new ModuleException("is not valid WebAssembly text: " + errors(translation.messages()));
        }
        return translation.binary();
    }

    private static Translation run(byte[] text) throws ModuleException {
        try {
            return Wat2Wasm.run(text);
        } catch (NoClassDefFoundError e) {
            throw new ModuleException(
                    "is WebAssembly text, and its translator is not on the class path; add the dependency"
                            + " com.dylibso.chicory:wabt" + CURE.replace("; ", ", or "),
                    e);
        } catch (RuntimeException | StackOverflowError e) {
            throw new ModuleException("is WebAssembly text that the translator fails on (" + e + ")" + CURE, e);
        }
    }

    private static String errors(String messages) {
        Matcher matcher = ERROR.matcher(COLOUR.matcher(messages).replaceAll(""));
        String errors = matcher.results()
                .limit(SHOWN_ERRORS)
                .map(error -> "line " + error.group(1) + ": " + error.group(2))
                .collect(Collectors.joining("; "));
        return errors.isEmpty() ? messages.strip() : errors;
    }
}

package dev.proxywasm.internal.engine.wasmtime;

import dev.proxywasm.internal.engine.EngineException;
import java.util.Locale;

/**
 * What the native library must be made for.
 *
 * @param os as library names spell it: {@code linux}, {@code macos} or {@code windows}
 * @param arch as library names spell it: {@code x86_64} or {@code aarch64}
 */
record Platform(String os, String arch) {

    /**
     * The platform that system properties name.
     *
     * @throws EngineException if there is no library for it
     */
    static Platform of(String osName, String osArch) {
        String os = os(osName.toLowerCase(Locale.ROOT));
        String arch = arch(osArch.toLowerCase(Locale.ROOT));
        if (os.isEmpty() || arch.isEmpty() || (os.equals("windows") && !arch.equals("x86_64"))) {
            throw new EngineException(
                    "there is no Wasm engine for %s on %s: it runs on Linux (glibc) and macOS on x86_64 and aarch64, and on Windows on x86_64"
                            .formatted(osName, osArch));
        }
        return new Platform(os, arch);
    }

    private static String os(String name) {
        if (name.startsWith("linux")) {
            return "linux";
        }
        if (name.startsWith("mac")) {
            return "macos";
        }
        return name.startsWith("windows") ? "windows" : "";
    }

    private static String arch(String name) {
        return switch (name) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "aarch64";
            default -> "";
        };
    }

    /** The name of the library among the binding's resources. */
    String libraryName(String version) {
        return switch (os) {
            case "windows" -> "wasmtime_jni_%s_windows_%s.dll".formatted(version, arch);
            case "macos" -> "libwasmtime_jni_%s_macos_%s.dylib".formatted(version, arch);
            default -> "libwasmtime_jni_%s_linux_%s.so".formatted(version, arch);
        };
    }
}

package dev.proxywasm.it.guests;

import dev.proxywasm.Engine;
import dev.proxywasm.it.guests.GuestContract.Lack;
import org.junit.jupiter.api.Nested;

/** One guest, written in several languages with their real SDKs, through one table of cases, on each engine. */
class GuestsIT {

    private static final Lack[] OF_GO = {Lack.GRPC, Lack.SIGNED_INCREMENTS, Lack.STATIC_INITIALISERS};
    private static final Lack[] OF_RUST = {Lack.GOROUTINES, Lack.STATIC_INITIALISERS, Lack.TYPED_PROPERTIES};
    private static final Lack[] OF_ASSEMBLYSCRIPT = {
        Lack.FOREIGN_FUNCTIONS,
        Lack.GOROUTINES,
        Lack.GRPC,
        Lack.METRIC_VALUES,
        Lack.MISSING_PROPERTIES,
        Lack.SHARED_DATA,
        Lack.STANDARD_ERROR,
        Lack.STATIC_INITIALISERS,
        Lack.TYPED_PROPERTIES
    };
    private static final Lack[] OF_CPP = {Lack.GOROUTINES, Lack.TYPED_PROPERTIES};

    @Nested
    class Go extends GuestContract {
        Go() {
            super(Engine.WASMTIME, "go", OF_GO);
        }
    }

    @Nested
    class Rust extends GuestContract {
        Rust() {
            super(Engine.WASMTIME, "rust", OF_RUST);
        }
    }

    @Nested
    class AssemblyScript extends GuestContract {
        AssemblyScript() {
            super(Engine.WASMTIME, "assemblyscript", OF_ASSEMBLYSCRIPT);
        }
    }

    @Nested
    class Cpp extends GuestContract {
        Cpp() {
            super(Engine.WASMTIME, "cpp", OF_CPP);
        }
    }

    @Nested
    class GoOnTheJvm extends GuestContract {
        GoOnTheJvm() {
            super(Engine.JVM, "go", OF_GO);
        }
    }

    @Nested
    class RustOnTheJvm extends GuestContract {
        RustOnTheJvm() {
            super(Engine.JVM, "rust", OF_RUST);
        }
    }

    @Nested
    class AssemblyScriptOnTheJvm extends GuestContract {
        AssemblyScriptOnTheJvm() {
            super(Engine.JVM, "assemblyscript", OF_ASSEMBLYSCRIPT);
        }
    }

    @Nested
    class CppOnTheJvm extends GuestContract {
        CppOnTheJvm() {
            super(Engine.JVM, "cpp", OF_CPP);
        }
    }
}

package dev.proxywasm.it.guests;

import org.junit.jupiter.api.Nested;

/** One guest, written in several languages with their real SDKs, through one table of cases, on each engine. */
class GuestsIT {

    @Nested
    class Go extends GuestContract {
        Go() {
            super("go", Lack.GRPC, Lack.SIGNED_INCREMENTS, Lack.STATIC_INITIALISERS);
        }
    }

    @Nested
    class Rust extends GuestContract {
        Rust() {
            super("rust", Lack.GOROUTINES, Lack.STATIC_INITIALISERS, Lack.TYPED_PROPERTIES);
        }
    }

    @Nested
    class AssemblyScript extends GuestContract {
        AssemblyScript() {
            super(
                    "assemblyscript",
                    Lack.FOREIGN_FUNCTIONS,
                    Lack.GOROUTINES,
                    Lack.GRPC,
                    Lack.METRIC_VALUES,
                    Lack.MISSING_PROPERTIES,
                    Lack.SHARED_DATA,
                    Lack.STANDARD_ERROR,
                    Lack.STATIC_INITIALISERS,
                    Lack.TYPED_PROPERTIES);
        }
    }

    @Nested
    class Cpp extends GuestContract {
        Cpp() {
            super("cpp", Lack.GOROUTINES, Lack.TYPED_PROPERTIES);
        }
    }
}

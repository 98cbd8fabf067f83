package dev.proxywasm.it.guests;

/** What an SDK cannot do. */
enum Lack {
    FOREIGN_FUNCTIONS("has no foreign functions"),
    GRPC("has no gRPC calls that a host could link"),
    GOROUTINES("has no goroutines"),
    METRIC_VALUES("cannot read metrics"),
    MISSING_PROPERTIES("stops the guest that asks for a property which is not there"),
    SHARED_DATA("passes wrong arguments for shared data and queues"),
    SIGNED_INCREMENTS("increments counters by unsigned numbers"),
    STANDARD_ERROR("has no standard error"),
    STATIC_INITIALISERS("has no static initialisers"),
    TYPED_PROPERTIES("hands over properties as bytes");

    private final String meaning;

    Lack(String meaning) {
        this.meaning = meaning;
    }

    /** Goes on behind "the SDK". */
    String meaning() {
        return meaning;
    }
}

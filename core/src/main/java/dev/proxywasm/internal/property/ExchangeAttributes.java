package dev.proxywasm.internal.property;

import java.util.List;
import java.util.stream.Stream;

/** All attributes of an exchange. */
public final class ExchangeAttributes {

    /** The rows, for documents and tests. */
    static final List<Attribute<ExchangeView>> ROWS = Stream.of(
                    RequestAttributes.ROWS, ResponseAttributes.ROWS, ConnectionAttributes.ROWS)
            .flatMap(List::stream)
            .toList();

    /** Finds them by path. */
    public static final AttributeTable<ExchangeView> TABLE = new AttributeTable<>(ROWS);

    private ExchangeAttributes() {}
}

package dev.proxywasm.it.contract;

import java.util.Set;

/** Cases that run against a site with the plugins of the contract. */
public interface ContractCases {

    Site site();

    /** In what this server differs; the cases assert that it does. */
    default Set<Difference> differences() {
        return Set.of();
    }

    /** Whether it does in that. */
    default boolean differs(Difference difference) {
        return differences().contains(difference);
    }
}

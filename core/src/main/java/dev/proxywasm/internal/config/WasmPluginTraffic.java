package dev.proxywasm.internal.config;

import dev.proxywasm.NodeConfig.Direction;
import java.util.Set;

/**
 * One entry of a WasmPlugin's {@code match}: the traffic that it is for.
 *
 * @param mode on which side of a connection
 * @param ports of the side that listens; empty for all
 */
record WasmPluginTraffic(Mode mode, Set<Integer> ports) {

    /** All traffic. */
    static final WasmPluginTraffic ANY = new WasmPluginTraffic(Mode.CLIENT_AND_SERVER, Set.of());

    /** Sides of a connection. */
    enum Mode {
        CLIENT,
        SERVER,
        CLIENT_AND_SERVER;

        /** Whether a host that filters traffic of that direction is on this side. */
        boolean means(Direction direction) {
            return switch (this) {
                case CLIENT -> direction != Direction.INBOUND;
                case SERVER -> direction != Direction.OUTBOUND;
                case CLIENT_AND_SERVER -> true;
            };
        }
    }
}

package dev.proxywasm.spring.boot;

import dev.proxywasm.FailurePolicy;
import dev.proxywasm.PluginStatus;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of one plugin.
 *
 * <p>DOWN if requests are refused because of it; UNKNOWN if they pass without it, as its failure policy says, which leaves the application up.
 * A plugin that the next request may start counts as UP: were it DOWN, an application without requests would never come back.
 */
final class PluginHealthIndicator implements HealthIndicator {

    private final Supplier<PluginStatus> plugin;

    PluginHealthIndicator(Supplier<PluginStatus> plugin) {
        this.plugin = plugin;
    }

    @Override
    public Health health() {
        PluginStatus status = plugin.get();
        Health.Builder health = Health.status(statusOf(status))
                .withDetail("state", status.state())
                .withDetail("instances", status.instances());
        return (status.reason().isEmpty() ? health : health.withDetail("reason", status.reason())).build();
    }

    private static Status statusOf(PluginStatus status) {
        return switch (status.state()) {
            case RUNNING, STARTING, IDLE -> Status.UP;
            case DOWN -> status.failurePolicy() == FailurePolicy.CLOSED ? Status.DOWN : Status.UNKNOWN;
            case LEFT_OUT -> Status.UNKNOWN;
            case CLOSED -> Status.OUT_OF_SERVICE;
        };
    }
}

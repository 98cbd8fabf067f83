package dev.proxywasm.spring.boot;

import dev.proxywasm.ProxyWasm;
import dev.proxywasm.ReloadOutcome;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** How the last reload went. Always UP: after one that failed, what ran before it goes on. */
final class ReloadHealthIndicator implements HealthIndicator {

    private final ProxyWasm host;

    ReloadHealthIndicator(ProxyWasm host) {
        this.host = host;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        host.lastReload().ifPresent(last -> tell(last, health));
        return health.build();
    }

    private static void tell(ReloadOutcome last, Health.Builder health) {
        health.withDetail("lastReload", last.at());
        if (last.succeeded()) {
            health.withDetail("changed", last.changed());
        } else {
            health.withDetail("problem", last.problem());
        }
    }
}

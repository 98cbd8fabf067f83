package dev.proxywasm.it.servers;

import dev.proxywasm.it.contract.Difference;
import org.junit.jupiter.api.Tag;

@Tag("big-servers")
class WildFlyIT extends WarContract {

    WildFlyIT() {
        super(ServerProcess::wildFly, Difference.SESSION_COOKIE_COMES_LATE, Difference.EXCEPTION_CLEARS_HEADERS);
    }
}

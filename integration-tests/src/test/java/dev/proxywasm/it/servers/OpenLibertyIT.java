package dev.proxywasm.it.servers;

import dev.proxywasm.it.contract.Difference;
import org.junit.jupiter.api.Tag;

@Tag("big-servers")
class OpenLibertyIT extends WarContract {

    OpenLibertyIT() {
        super(ServerProcess::openLiberty, Difference.SESSION_COOKIE_COMES_LATE);
    }
}

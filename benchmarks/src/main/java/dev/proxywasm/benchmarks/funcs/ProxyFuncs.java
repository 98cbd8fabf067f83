package dev.proxywasm.benchmarks.funcs;

import io.github.kawamuray.wasmtime.Val;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hostcalls of the ABI that the measured filters make. */
final class ProxyFuncs {

    static final Map<String, HostFunc> BY_NAME = Map.of(
            "proxy_log", ProxyFuncs::log,
            "proxy_get_header_map_value", ProxyFuncs::getHeader,
            "proxy_add_header_map_value", ProxyFuncs::addHeader,
            "proxy_replace_header_map_value", ProxyFuncs::replaceHeader,
            "proxy_remove_header_map_value", ProxyFuncs::removeHeader,
            "proxy_get_buffer_bytes", (guest, arguments) -> ProxyFuncs.NOT_FOUND,
            "proxy_get_property", ProxyFuncs::getProperty,
            "proxy_set_effective_context", (guest, arguments) -> ProxyFuncs.OK);

    private static final Logger LOG = LoggerFactory.getLogger(ProxyFuncs.class);
    private static final int OK = 0;
    private static final int NOT_FOUND = 1;

    private ProxyFuncs() {}

    private static int log(FuncGuest guest, Val[] arguments) {
        String message = guest.text(arguments, 1);
        if (arguments[0].i32() > 2) {
            LOG.warn("{}", message);
        } else {
            LOG.info("{}", message);
        }
        return OK;
    }

    private static int getHeader(FuncGuest guest, Val[] arguments) {
        String value = guest.headers(arguments[0].i32()).get(guest.text(arguments, 1));
        if (value == null) {
            return NOT_FOUND;
        }
        guest.give(value, arguments, 3);
        return OK;
    }

    private static int addHeader(FuncGuest guest, Val[] arguments) {
        guest.headers(arguments[0].i32()).add(guest.text(arguments, 1), guest.text(arguments, 3));
        return OK;
    }

    private static int replaceHeader(FuncGuest guest, Val[] arguments) {
        guest.headers(arguments[0].i32()).set(guest.text(arguments, 1), guest.text(arguments, 3));
        return OK;
    }

    private static int removeHeader(FuncGuest guest, Val[] arguments) {
        guest.headers(arguments[0].i32()).remove(guest.text(arguments, 1));
        return OK;
    }

    /** Knows the root id, by which AssemblyScript's runtime finds its plugin. */
    private static int getProperty(FuncGuest guest, Val[] arguments) {
        if (!guest.text(arguments, 0).startsWith("plugin_root_id")) {
            return NOT_FOUND;
        }
        guest.give("", arguments, 2);
        return OK;
    }
}

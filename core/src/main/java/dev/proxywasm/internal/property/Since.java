package dev.proxywasm.internal.property;

/** From when on an attribute has a value; before, it is not found. */
public enum Since {
    /** Always, in the plugin's root context too. */
    ALWAYS("always, in root contexts too"),
    /** From the request headers on. */
    REQUEST("request headers"),
    /** From the response headers on. */
    RESPONSE("response headers"),
    /** When the exchange is over: in {@code proxy_on_done}, {@code proxy_on_log} and {@code proxy_on_delete}. */
    END("end of the exchange");

    private final String text;

    Since(String text) {
        this.text = text;
    }

    /** As documents name it. */
    @Override
    public String toString() {
        return text;
    }
}

package dev.proxywasm.servlet;

/**
 * Host and port of a request.
 *
 * @param host name or address, an IPv6 address in brackets
 * @param port -1 if it is the scheme's own
 */
record Authority(String host, int port) {

    /** Reads {@code host}, {@code host:port} or {@code [v6]:port}; a port that is no number counts as none. */
    static Authority parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || text.indexOf(']', colon) >= 0) {
            return new Authority(text, -1);
        }
        try {
            return new Authority(text.substring(0, colon), Integer.parseUnsignedInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            return new Authority(text.substring(0, colon), -1);
        }
    }

    static int defaultPort(String scheme) {
        return scheme.equals("https") || scheme.equals("wss") ? 443 : 80;
    }

    int portOr(String scheme) {
        return port < 0 ? defaultPort(scheme) : port;
    }

    /** As in a Host header: without the port that the scheme implies. */
    String text(String scheme) {
        return port < 0 || port == defaultPort(scheme) ? host : host + ":" + port;
    }
}

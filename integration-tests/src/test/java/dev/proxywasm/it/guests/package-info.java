/** Guests built with real SDKs, against the host itself: no server, but real upstreams over sockets. */
@NullMarked
package dev.proxywasm.it.guests;

import org.jspecify.annotations.NullMarked;

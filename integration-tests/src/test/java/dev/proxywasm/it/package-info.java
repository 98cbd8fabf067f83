/** Whole-server tests: real sockets, real containers, real filters. */
@NullMarked
package dev.proxywasm.it;

import org.jspecify.annotations.NullMarked;

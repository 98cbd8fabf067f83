/** A microservice on a plain Jetty server, behind filters. */
@NullMarked
package dev.proxywasm.samples.jetty;

import org.jspecify.annotations.NullMarked;

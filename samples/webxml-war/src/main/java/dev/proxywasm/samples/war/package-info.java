/** A plain web application behind filters. */
@NullMarked
package dev.proxywasm.samples.war;

import org.jspecify.annotations.NullMarked;

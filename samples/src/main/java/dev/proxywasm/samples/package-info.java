/** Small applications that show the host at work. */
@NullMarked
package dev.proxywasm.samples;

import org.jspecify.annotations.NullMarked;

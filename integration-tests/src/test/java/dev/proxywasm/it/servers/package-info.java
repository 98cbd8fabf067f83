/** The same web application as a WAR on whole servers, each in a process of its own. */
@NullMarked
package dev.proxywasm.it.servers;

import org.jspecify.annotations.NullMarked;

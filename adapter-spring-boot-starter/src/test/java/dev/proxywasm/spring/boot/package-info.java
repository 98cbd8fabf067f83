/** Tests of the starter: auto-configuration without a server, and applications on Tomcat and Jetty over real sockets. */
@NullMarked
package dev.proxywasm.spring.boot;

import org.jspecify.annotations.NullMarked;

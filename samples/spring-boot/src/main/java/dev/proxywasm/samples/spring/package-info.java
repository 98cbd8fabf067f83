/** The sample for Spring Boot. */
@NullMarked
package dev.proxywasm.samples.spring;

import org.jspecify.annotations.NullMarked;

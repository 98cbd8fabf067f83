package dev.proxywasm.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Which statuses of which functions a test reaches.
 *
 * <p>After each run of the test, what it claims is compared with what {@link Reached} has seen. All claims together are compared with
 * {@code spec-index.tsv}, the list of what has to be reached.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SpecIsReached.class)
public @interface Spec {

    /**
     * Claims: a version of the ABI, or {@code wasi}, a function or several with commas between them, and a status, as
     * {@code 0.2.1#proxy_log BAD_ARGUMENT}. A {@code *} in place of the function stands for all that the index wants that status of.
     */
    String[] value();
}

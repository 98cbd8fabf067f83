package dev.proxywasm.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Holds a test to what its {@link Spec} claims. */
final class SpecIsReached implements BeforeTestExecutionCallback, AfterTestExecutionCallback {

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        Reached.clear();
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            return;
        }
        for (String claim :
                context.getRequiredTestMethod().getAnnotation(Spec.class).value()) {
            SpecIndex.claimed(claim).forEach(one -> assertThat(Reached.has(one.function(), one.status()))
                    .as("%s claims to reach '%s'", context.getDisplayName(), one)
                    .isTrue());
        }
    }
}

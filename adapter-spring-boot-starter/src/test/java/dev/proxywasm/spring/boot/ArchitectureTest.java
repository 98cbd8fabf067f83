package dev.proxywasm.spring.boot;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The starter is one layer above the filter, and what is optional is named by the classes that are for it. */
class ArchitectureTest {

    private static final JavaClasses STARTER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.proxywasm.spring.boot");

    @Test
    void dependsOnNothingInternalOfTheCore() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.proxywasm.internal.."))
                .check(STARTER);
    }

    @Test
    void whatIsAlwaysThereNamesNothingThatIsOptional() {
        noClasses()
                .that()
                .haveNameNotMatching(".*(Endpoint|Health|Metrics).*")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.springframework.boot.actuate..",
                        "org.springframework.boot.health..",
                        "org.springframework.boot.micrometer..",
                        "io.micrometer..",
                        "com.fasterxml.."))
                .check(STARTER);
    }

    @Test
    void knowsNoServer() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.catalina..", "org.eclipse.jetty.."))
                .check(STARTER);
    }
}

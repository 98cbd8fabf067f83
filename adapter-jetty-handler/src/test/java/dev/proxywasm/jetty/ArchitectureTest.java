package dev.proxywasm.jetty;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the adapter knows: the public packages of the core, and Jetty's. */
class ArchitectureTest {

    private static final JavaClasses ADAPTER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.proxywasm.jetty");

    @Test
    void knowsThePublicPackagesOfTheCoreAndJettyOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "javax.net.ssl..",
                        "org.slf4j..",
                        "org.jspecify..",
                        "org.eclipse.jetty..",
                        "dev.proxywasm",
                        "dev.proxywasm.http",
                        "dev.proxywasm.spi",
                        "dev.proxywasm.abi",
                        "dev.proxywasm.jetty"))
                .check(ADAPTER);
    }

    @Test
    void knowsNothingInternalOfJetty() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.eclipse.jetty..internal..", "org.eclipse.jetty.ee10.."))
                .check(ADAPTER);
    }

    @Test
    void showsTheHandlerOnly() {
        classes()
                .that()
                .doNotHaveSimpleName("ProxyWasmHandler")
                .and()
                .areTopLevelClasses()
                .should()
                .notBePublic()
                .check(ADAPTER);
    }
}

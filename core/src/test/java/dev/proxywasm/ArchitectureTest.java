package dev.proxywasm;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The layers of the core: dependencies point down only, and one package alone names the native binding. */
class ArchitectureTest {

    private static final String OURS = "dev.proxywasm..";
    private static final String INTERNAL = "dev.proxywasm.internal..";
    private static final String ENGINE = "dev.proxywasm.internal.engine";
    private static final String WASMTIME = "dev.proxywasm.internal.engine.wasmtime..";
    private static final String JVM = "dev.proxywasm.internal.engine.jvm..";
    private static final String SHARED = "dev.proxywasm.internal.engine.shared..";
    private static final String WASM = "dev.proxywasm.internal.wasm..";
    private static final String FILES = "dev.proxywasm.internal.files..";
    private static final String MODULE = "dev.proxywasm.internal.module";
    private static final String CODEC = "dev.proxywasm.internal.codec..";
    private static final String HTTP = "dev.proxywasm.http";
    private static final String BINDING = "io.github.kawamuray..";

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.proxywasm");

    @Test
    void seesTheClassesOfTheCore() {
        assertThat(CORE).isNotEmpty();
    }

    @Test
    void everyClassLivesInAKnownPackage() {
        check(classes()
                .should()
                .resideInAnyPackage(
                        "dev.proxywasm",
                        "dev.proxywasm.abi",
                        "dev.proxywasm.http",
                        "dev.proxywasm.module",
                        "dev.proxywasm.spi",
                        INTERNAL));
    }

    @Test
    void internalPackagesFormNoCycle() {
        check(slices().matching("dev.proxywasm.internal.(**)").should().beFreeOfCycles());
    }

    @Test
    void onlyTheWasmtimePackageNamesTheBinding() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(WASMTIME)
                .should()
                .dependOnClassesThat(resideInAPackage(BINDING)));
    }

    @Test
    void onlyTheJvmPackageNamesTheOptionalTranslatorOfGuests() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(JVM)
                .should()
                .dependOnClassesThat(resideInAnyPackage("run.endive..", "org.objectweb.asm..")));
    }

    @Test
    void oneClassNamesTheOptionalTranslatorOfText() {
        check(noClasses()
                .that()
                .doNotHaveSimpleName("Wat2Wasm")
                .should()
                .dependOnClassesThat(resideInAPackage("com.dylibso.chicory..")));
    }

    @Test
    void onlyTheClassesNamedForItNameTheOptionalMicrometer() {
        check(noClasses()
                .that()
                .haveSimpleNameNotStartingWith("Micrometer")
                .should()
                .dependOnClassesThat(resideInAPackage("io.micrometer..")));
    }

    @Test
    void servicesOfEmbeddersKnowOnlyTheVocabularyOfTheAbi() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.proxywasm.spi")
                .should()
                .dependOnClassesThat(oursOutside("dev.proxywasm.spi", "dev.proxywasm.abi", HTTP)));
    }

    @Test
    void onlyTheConfigurationReaderNamesTheYamlParser() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.proxywasm.internal.config")
                .should()
                .dependOnClassesThat(resideInAPackage("org.snakeyaml..")));
    }

    @Test
    void theEngineSpeaksPlainWasm() {
        check(noClasses().that().resideInAPackage(ENGINE).should().dependOnClassesThat(oursOutside(ENGINE, WASM)));
    }

    @Test
    void theWasmtimePackageKnowsOnlyTheEngineAboveIt() {
        check(noClasses()
                .that()
                .resideInAPackage(WASMTIME)
                .should()
                .dependOnClassesThat(oursOutside(WASMTIME, ENGINE, SHARED, WASM, FILES)));
    }

    @Test
    void theJvmPackageKnowsOnlyTheEngineAboveIt() {
        check(noClasses()
                .that()
                .resideInAPackage(JVM)
                .should()
                .dependOnClassesThat(oursOutside(JVM, ENGINE, SHARED, WASM)));
    }

    @Test
    void whatTheEnginesShareKnowsNoneOfThem() {
        check(noClasses()
                .that()
                .resideInAPackage(SHARED)
                .should()
                .dependOnClassesThat(oursOutside(SHARED, ENGINE, WASM)));
    }

    @Test
    void theSectionReaderDependsOnNothingOfOurs() {
        check(noClasses().that().resideInAPackage(WASM).should().dependOnClassesThat(oursOutside(WASM)));
    }

    @Test
    void whatFetchesModulesKnowsNothingOfWhatUsesThem() {
        check(noClasses()
                .that()
                .resideInAPackage(MODULE + "..")
                .should()
                .dependOnClassesThat(oursOutside("dev.proxywasm", MODULE + "..", FILES, WASM)));
    }

    @Test
    void onlyTheHttpPackageMakesRequestsForModules() {
        check(noClasses()
                .that()
                .resideInAPackage(MODULE + "..")
                .and()
                .resideOutsideOfPackage(MODULE + ".http")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net.http")));
    }

    @Test
    void theCodecsKnowOnlyTheHeaderMapsTheyEncode() {
        check(noClasses().that().resideInAPackage(CODEC).should().dependOnClassesThat(oursOutside(CODEC, HTTP)));
    }

    @Test
    void theCoreKnowsNoServer() {
        check(noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "jakarta.servlet..",
                        "org.eclipse.jetty..",
                        "org.springframework..",
                        "org.apache.catalina..",
                        "io.undertow..")));
    }

    @Test
    void publicSignaturesShowNoInternalType() {
        check(classes()
                .that()
                .resideOutsideOfPackage(INTERNAL)
                .should(new ExposeNothingOf(resideInAnyPackage(INTERNAL, BINDING))));
    }

    private static DescribedPredicate<JavaClass> oursOutside(String... packages) {
        return resideInAPackage(OURS).and(DescribedPredicate.not(resideInAnyPackage(packages)));
    }

    /** A package that has no class yet breaks no rule. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CORE);
    }
}

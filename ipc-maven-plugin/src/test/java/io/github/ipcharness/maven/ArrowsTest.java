package io.github.ipcharness.maven;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the packages run one way. */
@AnalyzeClasses(packages = "io.github.ipcharness.maven", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {

    @ArchTest
    static final ArchRule importsRunForwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("mojo")
            .definedBy("..maven.mojo..")
            .layer("report")
            .definedBy("..maven.report..")
            .layer("run")
            .definedBy("..maven.run..")
            .layer("check")
            .definedBy("..maven.check..")
            .layer("scenario")
            .definedBy("..maven.scenario..")
            .whereLayer("mojo")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("mojo")
            .whereLayer("run")
            .mayOnlyBeAccessedByLayers("mojo")
            .whereLayer("check")
            .mayOnlyBeAccessedByLayers("mojo", "report")
            .whereLayer("scenario")
            .mayOnlyBeAccessedByLayers("mojo", "report", "run");

    @ArchTest
    static final ArchRule onlyMojosKnowMaven = noClasses()
            .that()
            .resideOutsideOfPackage("..maven.mojo..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.maven..");

    @ArchTest
    static final ArchRule onlyRunStartsProcesses = noClasses()
            .that()
            .resideOutsideOfPackage("..maven.run..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.ProcessBuilder");

    /** The supervisor's class path is the plugin's jar alone. */
    @ArchTest
    static final ArchRule theSupervisorNeedsNothing = noClasses()
            .that()
            .haveSimpleName("Supervisor")
            .or()
            .haveSimpleName("ProcessTree")
            .or()
            .haveSimpleName("Trees")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "..maven.run..");
}

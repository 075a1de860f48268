package io.github.ipcharness.ipc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The arrows between the packages run one way, and none leads out of the JDK's public face. That no signature shows what
 * the module does not export is the compiler's to say.
 */
@AnalyzeClasses(packages = "io.github.ipcharness.ipc", importOptions = ImportOption.DoNotIncludeTests.class)
class PackagesTest {

    private static final String FACE = "io.github.ipcharness.ipc";
    private static final String HISTORY = FACE + ".history";
    private static final String MEMORY = FACE + ".memory";
    private static final String WORKER = FACE + ".worker";
    private static final String COMMAND = FACE + ".command";

    /** Users load this into their production processes. */
    @ArchTest
    static final ArchRule thereIsNoDependency =
            classes().should().onlyDependOnClassesThat().resideInAnyPackage("java..", FACE + "..");

    @ArchTest
    static final ArchRule memoryIsTheFloor = noClasses()
            .that()
            .resideInAPackage(MEMORY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FACE, HISTORY, WORKER, COMMAND);

    @ArchTest
    static final ArchRule historiesStandOnTheMemoryAlone = noClasses()
            .that()
            .resideInAPackage(HISTORY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FACE, WORKER, COMMAND);

    /** The built-in programs are ordinary users: what they need, everybody has. */
    @ArchTest
    static final ArchRule workersAreUsers = noClasses()
            .that()
            .resideInAPackage(WORKER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(MEMORY, HISTORY);

    @ArchTest
    static final ArchRule nobodyNeedsAWorker = noClasses()
            .that()
            .resideOutsideOfPackage(WORKER)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(WORKER);

    @ArchTest
    static final ArchRule nobodyNeedsTheCommand = noClasses()
            .that()
            .resideOutsideOfPackage(COMMAND)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(COMMAND);

    /** A library neither ends its user's process nor writes into its output. */
    @ArchTest
    static final ArchRule itKeepsQuiet = noClasses()
            .that()
            .resideOutsideOfPackages(WORKER, COMMAND)
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");
}

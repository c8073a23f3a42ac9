package io.github.fathomlab;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * kernels ← network ← training ← instrument ← the theories, and the core touches neither files nor
 * the console.
 */
class LadderTest {
  private static final String ROOT = "io.github.fathomlab.";
  private static final List<String> LADDER =
      List.of("kernels", "network", "training", "instrument");
  private static final List<String> THEORIES =
      List.of("bulkboundary", "springblock", "coarsegraining", "renormalization");
  private static final JavaClasses CORE = classes();

  private static JavaClasses classes() {
    // ArchUnit logs through SLF4J, which would complain on the console that nobody listens.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages("io.github.fathomlab");
  }

  @Test
  void nobodyLooksUp() {
    for (int rung = 0; rung < LADDER.size(); rung++) {
      List<String> above = new ArrayList<>(THEORIES);
      above.addAll(LADDER.subList(rung + 1, LADDER.size()));
      forbid(LADDER.get(rung), above);
    }
  }

  @Test
  void theoriesDoNotKnowEachOther() {
    for (String theory : THEORIES) {
      forbid(theory, THEORIES.stream().filter(other -> !other.equals(theory)).toList());
    }
  }

  private static void forbid(String room, List<String> others) {
    String[] packages = others.stream().map(other -> ROOT + other + "..").toArray(String[]::new);
    assertTrue(CORE.stream().anyMatch(c -> c.getPackageName().equals(ROOT + room)), room);
    noClasses()
        .that()
        .resideInAPackage(ROOT + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .check(CORE);
  }

  @Test
  void everyPackageHasItsPlace() {
    List<String> known = Stream.concat(LADDER.stream(), THEORIES.stream()).toList();
    CORE.stream()
        .map(c -> c.getPackageName().substring(ROOT.length()).split("\\.")[0])
        .forEach(name -> assertTrue(known.contains(name), name + " is not on the ladder"));
  }

  @Test
  void noCycles() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void theCoreTouchesNoFilesAndNoNetwork() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + "kernels.OpenBlasLibrary")
        .should()
        .dependOnClassesThat(resideInAnyPackage("java.io..", "java.nio.file..", "java.net.."))
        .check(CORE);
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.io..", "java.nio.file..", "java.net..")
                .and(not(type(File.class)))
                .and(not(type(Path.class))))
        .check(CORE);
  }

  @Test
  void theCoreIsSilent() {
    noClasses().should().accessField(System.class, "out").check(CORE);
    noClasses().should().accessField(System.class, "err").check(CORE);
    noClasses().should().dependOnClassesThat(resideInAPackage("java.util.logging..")).check(CORE);
    noClasses().should().callMethod(Throwable.class, "printStackTrace").check(CORE);
  }
}

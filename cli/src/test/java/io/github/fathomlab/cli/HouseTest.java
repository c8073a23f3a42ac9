package io.github.fathomlab.cli;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * The arrows between rooms point one way: training knows no file, the recorder no screen, the
 * report no file.
 */
class HouseTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.github.fathomlab");

  @Test
  void arrowsPointOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("numerics")
        .definedBy("..kernels..", "..network..", "..training..", "..instrument..")
        .layer("theories")
        .definedBy(
            "..fathomlab.bulkboundary..",
            "..fathomlab.springblock..",
            "..fathomlab.renormalization..",
            "..coarsegraining..")
        .layer("claims")
        .definedBy("..claims..")
        .layer("data")
        .definedBy("..fathomlab.data..")
        .layer("record")
        .definedBy("..record..")
        .layer("report")
        .definedBy("..report..")
        .layer("experiment")
        .definedBy("..experiment..")
        .layer("sweep")
        .definedBy("..sweep..")
        .layer("cli")
        .definedBy("..cli..")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("sweep")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("experiment")
        .mayOnlyBeAccessedByLayers("sweep", "cli")
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("experiment", "cli")
        .whereLayer("record")
        .mayOnlyBeAccessedByLayers("experiment", "sweep", "cli")
        .whereLayer("data")
        .mayOnlyBeAccessedByLayers("experiment", "sweep", "cli")
        .whereLayer("claims")
        .mayOnlyBeAccessedByLayers("experiment", "cli")
        .whereLayer("theories")
        .mayOnlyBeAccessedByLayers("data", "claims", "report", "experiment", "cli")
        .check(HOUSE);
  }

  @Test
  void roomsDoNotDependOnEachOtherInCircles() {
    slices().matching("io.github.fathomlab.(*)..").should().beFreeOfCycles().check(HOUSE);
  }
}

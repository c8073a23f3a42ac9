package io.github.fathomlab.bulkboundary.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Rhythm;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Initialisation;
import io.github.fathomlab.network.NetworkSpec;
import io.github.fathomlab.network.ResidualSpec;
import io.github.fathomlab.training.Ensemble;
import io.github.fathomlab.training.TrainingCase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The roughness of real networks. */
class FieldRoughnessTest {

  private static TrainingCase residual(int blocks, NetworkSpec.Norm norm) {
    TrainingCase drawn = TrainingCase.random(7, Precision.FLOAT64, 3);
    NetworkSpec spec =
        new ResidualSpec(
            drawn.split().train().features(),
            30,
            blocks,
            0,
            drawn.split().train().targets().width(),
            new Activation.Tanh(),
            norm,
            0.25,
            false,
            0,
            false,
            new Initialisation.He());
    return new TrainingCase(spec, drawn.precision(), drawn.plan(), drawn.split(), drawn.seed());
  }

  private static List<Reading> record(TrainingCase c) {
    List<Reading> readings = new ArrayList<>();
    c.trained(
        1,
        (_, network) -> {
          assertTrue(FieldRoughness.appliesTo(network.layers()));
          return List.of(new FieldRoughness(new Rhythm.Every(1), readings::add));
        });
    return readings;
  }

  /** Independent blocks: 2 (1 - 1/M), up to the fluctuations of 900 M weights. */
  @Test
  void randomBlocksAreRough() {
    List<Reading> readings = record(residual(8, NetworkSpec.Norm.NONE));
    assertEquals(4, readings.size());
    assertEquals(Status.OK, readings.getFirst().status());
    assertEquals(2 * (1 - 1.0 / 8), readings.getFirst().value(), 0.1);
  }

  /** Scales that all start at one are smooth: the roughness of the whole falls below two. */
  @Test
  void everythingInABlockCounts() {
    assertTrue(record(residual(8, NetworkSpec.Norm.LAYER)).getFirst().value() < 1.6);
  }

  @Test
  void oneBlockIsNoField() {
    Reading reading = record(residual(1, NetworkSpec.Norm.NONE)).getFirst();
    assertEquals(Status.NOT_APPLICABLE, reading.status());
    assertTrue(Double.isNaN(reading.value()));
  }

  @Test
  void aPerceptronHasNoSites() {
    TrainingCase c = TrainingCase.random(1, Precision.FLOAT64, 3);
    Ensemble ensemble = c.ensemble(1, 1, TrainingCase.UNWATCHED);
    assertFalse(FieldRoughness.appliesTo(ensemble.replicas().getFirst().network().layers()));
  }
}

package io.github.fathomlab.renormalization.ising;

import static io.github.fathomlab.Vectors.field;
import static io.github.fathomlab.Vectors.integers;
import static io.github.fathomlab.Vectors.number;
import static io.github.fathomlab.renormalization.ising.IsingVectors.near;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.CounterRandom;
import io.github.fathomlab.renormalization.CouplingEstimate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CouplingEstimatorsTest {
  private static final JsonNode SAMPLE = IsingVectors.group("fixed_spin_sample");
  private static final byte[] SPINS = IsingVectors.spins(field(SAMPLE, "spins"));

  @Test
  void theOpenSampleIsTheReference() {
    JsonNode open = field(SAMPLE, "open");
    BondCounts bonds = BondCounts.open(SPINS);
    assertEquals(field(open, "n_sat").intValue(), bonds.satisfied());
    assertEquals(field(open, "n_unsat").intValue(), bonds.unsatisfied());
    near(number(open, "K_mle"), bonds.openCoupling().value(), 1e-13);
    near(number(open, "se"), bonds.openCoupling().error(), 1e-13);
  }

  @Test
  void theRingSampleIsTheReference() {
    JsonNode ring = field(SAMPLE, "ring");
    near(number(ring, "K_mle"), BondCounts.ring(SPINS).ringCoupling().value(), 1e-13);
    NeighbourCounts counts = NeighbourCounts.ring(SPINS);
    assertEquals(field(ring, "n_plus").intValue(), counts.aligned());
    assertEquals(field(ring, "n_minus").intValue(), counts.opposed());
    near(number(ring, "K_pl"), counts.coupling().value(), 1e-13);
    near(number(ring, "K_pl_se"), counts.coupling().error(), 1e-13);
    TransitionCounts.Estimate both = PseudoLikelihood.ring(SPINS);
    near(number(ring, "K_pl_with_h"), both.coupling().value(), 1e-13);
    near(number(ring, "h_pl"), both.field().value(), 1e-12);
  }

  @Test
  void theSampleInAFieldIsTheReference() {
    TransitionCounts counts = TransitionCounts.of(SPINS);
    int[] expected = integers(field(SAMPLE, "transition_counts_pp_pm_mp_mm"));
    assertEquals(new TransitionCounts(expected[0], expected[1], expected[2], expected[3]), counts);
    JsonNode reference = field(SAMPLE, "markov_field_mle");
    TransitionCounts.Estimate estimate = counts.estimate();
    near(number(reference, "K"), estimate.coupling().value(), 1e-13);
    near(number(reference, "se_K"), estimate.coupling().error(), 1e-13);
    near(number(reference, "h"), estimate.field().value(), 1e-12);
  }

  @Test
  void aSequenceIsReadByItsDefinition() {
    double[] values = new double[500];
    long key = CounterRandom.key(21, 1);
    for (int j = 1; j < values.length; j++) {
      values[j] = 0.6 * values[j - 1] + CounterRandom.gaussian(key, j);
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double top = 0;
    double bottom = 0;
    for (int j = 0; j < values.length; j++) {
      bottom += Math.pow(values[j] - mean, 2) / values.length;
      top += j == 0 ? 0 : (values[j] - mean) * (values[j - 1] - mean) / (values.length - 1);
    }
    double rho = top / bottom;
    CouplingEstimate estimate = SequenceCoupling.of(values);
    near(0.5 * Math.log((1 + rho) / (1 - rho)), estimate.value(), 1e-12);
    double[] moved = Arrays.stream(values).map(v -> 3 - 7 * v).toArray();
    near(estimate.value(), SequenceCoupling.of(moved).value(), 1e-12);
    near(estimate.error(), SequenceCoupling.of(moved).error(), 1e-12);
  }

  @Test
  void turningAllSpinsChangesNoCoupling() {
    byte[] spins =
        new WindowSampler(new IsingChain(0.6, 0.1), CounterRandom.key(22, 1)).sample(3000);
    byte[] turned = new byte[spins.length];
    byte[] back = new byte[spins.length];
    for (int i = 0; i < spins.length; i++) {
      turned[i] = (byte) -spins[i];
      back[i] = spins[spins.length - 1 - i];
    }
    assertEquals(BondCounts.ring(spins), BondCounts.ring(turned));
    assertEquals(BondCounts.ring(spins), BondCounts.ring(back));
    assertEquals(NeighbourCounts.ring(spins), NeighbourCounts.ring(turned));
    assertEquals(NeighbourCounts.ring(spins), NeighbourCounts.ring(back));
    TransitionCounts.Estimate one = TransitionCounts.of(spins).estimate();
    TransitionCounts.Estimate other = TransitionCounts.of(turned).estimate();
    near(one.coupling().value(), other.coupling().value(), 1e-13);
    near(-one.field().value(), other.field().value(), 1e-12);
  }

  @Test
  void windowsHaveNoBondsBetweenThem() {
    byte[] spins = {1, 1, -1, -1, -1, 1};
    assertEquals(new BondCounts(3, 2), BondCounts.open(spins));
    assertEquals(new BondCounts(2, 1), BondCounts.windows(spins, 2));
    assertEquals(new BondCounts(2, 2), BondCounts.windows(spins, 3));
    assertThrows(IllegalArgumentException.class, () -> BondCounts.windows(spins, 4));
  }

  @Test
  void theErrorOfTheOpenCouplingIsItsScatter() {
    int samples = 400;
    double chi = 0;
    for (int i = 0; i < samples; i++) {
      byte[] spins =
          new WindowSampler(new IsingChain(0.7, 0), CounterRandom.key(23, i)).sample(2000);
      CouplingEstimate ring = BondCounts.ring(spins).ringCoupling();
      CouplingEstimate open = BondCounts.open(spins).openCoupling();
      assertEquals(open.value(), ring.value(), ring.error());
      assertEquals(open.error(), ring.error(), 1e-3 * ring.error() + 1e-4);
      chi += Math.pow((open.value() - 0.7) / open.error(), 2);
    }
    assertEquals(1, chi / samples, 4 * Math.sqrt(2.0 / samples));
  }

  @Test
  void aFrozenSampleGivesABoundAndAReason() {
    byte[] up = new byte[200];
    Arrays.fill(up, (byte) 1);
    bounded(BondCounts.open(up).openCoupling(), Status.ZERO_VARIANCE);
    bounded(BondCounts.ring(up).ringCoupling(), Status.ZERO_VARIANCE);
    bounded(NeighbourCounts.ring(up).coupling(), Status.ZERO_VARIANCE);
    refused(PseudoLikelihood.ring(up).coupling(), Status.TOO_FEW_SAMPLES);
    bounded(TransitionCounts.of(up).estimate().coupling(), Status.ZERO_VARIANCE);
    bounded(TransitionCounts.of(up).estimate().field(), Status.ZERO_VARIANCE);
    refused(SequenceCoupling.of(up), Status.ZERO_VARIANCE);
    byte[] alternating = up.clone();
    for (int i = 0; i < up.length; i += 2) {
      alternating[i] = -1;
    }
    bounded(BondCounts.open(alternating).openCoupling(), Status.ZERO_VARIANCE);
    bounded(BondCounts.ring(alternating).ringCoupling(), Status.ZERO_VARIANCE);
    byte[] frustrated = Arrays.copyOf(alternating, 199);
    bounded(BondCounts.ring(frustrated).ringCoupling(), Status.ZERO_VARIANCE);
    bounded(TransitionCounts.of(alternating).estimate().coupling(), Status.TOO_FEW_SAMPLES);
    refused(SequenceCoupling.of(alternating), Status.ZERO_VARIANCE);
  }

  @Test
  void tooLittleIsRefused() {
    for (byte[] spins : new byte[][] {{}, {1}}) {
      refused(BondCounts.open(spins).openCoupling(), Status.TOO_FEW_SAMPLES);
      refused(BondCounts.ring(spins).ringCoupling(), Status.TOO_FEW_SAMPLES);
      refused(NeighbourCounts.ring(spins).coupling(), Status.TOO_FEW_SAMPLES);
      refused(PseudoLikelihood.ring(spins).field(), Status.TOO_FEW_SAMPLES);
      refused(TransitionCounts.of(spins).estimate().coupling(), Status.TOO_FEW_SAMPLES);
      refused(TransitionCounts.of(spins).estimate().field(), Status.TOO_FEW_SAMPLES);
      refused(SequenceCoupling.of(spins), Status.TOO_FEW_SAMPLES);
    }
    double[] broken = new double[300];
    broken[7] = Double.NaN;
    refused(SequenceCoupling.of(broken), Status.NOT_FINITE);
  }

  @Test
  void otherNumbersAreNoSpins() {
    byte[] wrong = {1, -1, 0};
    assertThrows(IllegalArgumentException.class, () -> BondCounts.ring(wrong));
    assertThrows(IllegalArgumentException.class, () -> NeighbourCounts.ring(wrong));
    assertThrows(IllegalArgumentException.class, () -> TransitionCounts.of(wrong));
  }

  private static void bounded(CouplingEstimate estimate, Status status) {
    assertEquals(status, estimate.status());
    assertTrue(Double.isFinite(estimate.value()) && Double.isFinite(estimate.error()));
    assertFalse(estimate.reason().isEmpty());
  }

  private static void refused(CouplingEstimate estimate, Status status) {
    assertEquals(status, estimate.status());
    assertTrue(Double.isNaN(estimate.value()));
    assertFalse(estimate.reason().isEmpty());
  }
}
